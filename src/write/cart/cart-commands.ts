import { type Admitted, admit, type CommandContext, type CommandInput } from '../../commands/index.ts';
import { type CartId, newId, parseId } from '../../events/index.ts';
import { err, ok } from '../../platform/index.ts';
import type { Commander } from '../execution/commander.ts';
import { type Answered, type Execute, runCommand, runOwned, showAnswer } from '../execution/run-command.ts';
import { type OrderSnapshot, SHOWN_ORDER } from '../order/order-snapshot.ts';
import type { KeptReference } from '../payment/kept-methods.ts';
import { methodOf, type PaymentProvider } from '../payment/provider.ts';
import { asOwner } from '../visit/reach-on.ts';
import { type AddCommands, openAddCommands } from './add-commands.ts';
import { type Cart, cartAggregate, createCart, visibleTo } from './cart.ts';
import { type CartSnapshot, SHOWN_CART } from './cart-snapshot.ts';
import { clear, type OfferedProduct, removeItem, setQuantity } from './change-items.ts';
import { checkOut } from './check-out.ts';
import { offeredProduct } from './offered-product.ts';
import { type CartDecide, onOpenCart } from './on-open-cart.ts';

export interface CartCommands extends AddCommands {
  createCart(command: CommandInput<'createCart'>, context: CommandContext): Answered<CartSnapshot>;
  setCartItemQuantity(command: CommandInput<'setCartItemQuantity'>, context: CommandContext): Answered<CartSnapshot>;
  removeCartItem(command: CommandInput<'removeCartItem'>, context: CommandContext): Answered<CartSnapshot>;
  /** Takes everything out. */
  clearCart(command: CommandInput<'clearCart'>, context: CommandContext): Answered<CartSnapshot>;
  /** Checking out again answers with the same order again; with a payment method, it is paid as by payOrder. */
  checkOut(command: CommandInput<'checkout'>, context: CommandContext): Answered<OrderSnapshot>;
}

type Parts = Execute & { readonly provider: PaymentProvider; readonly keptReference: KeptReference };

const openCreateCart =
  (parts: Parts): CartCommands['createCart'] =>
  async (given, context) => {
    const command = admit('createCart', given, context);
    if (!command.ok) return command;
    const decide: CartDecide = () => ok(createCart(command.value.input));
    const work = { aggregate: cartAggregate, command: command.value, id: newId('Cart'), isNew: true, decide };
    return showAnswer(parts, SHOWN_CART, await runCommand(parts, work));
  };

const openClearCart =
  (parts: Parts): CartCommands['clearCart'] =>
  async (given, context) => {
    const command = admit('clearCart', given, context);
    if (!command.ok) return command;
    const { cartId } = command.value.input;
    const by = await asOwner(parts, SHOWN_CART, { command: command.value, id: cartId });
    const decide = onOpenCart(by, (cart) => ok(clear(cart)));
    return showAnswer(
      parts,
      SHOWN_CART,
      await runOwned(parts, { aggregate: cartAggregate, command: command.value, id: cartId, decide }),
    );
  };

/** Any view of a cart that the commander may know of; others, kept or not, are looked up as what is not there. */
const anyView = async ({ aggregates }: Parts, cartId: CartId, by: Commander): Promise<Cart> => {
  const remembered = aggregates.remembered(cartAggregate, cartId);
  if (remembered !== undefined && visibleTo(remembered, by).ok) return remembered.state;
  const loaded = await aggregates.loadReached(cartAggregate, cartId, by.reach);
  return visibleTo(loaded, by).ok ? loaded.state : cartAggregate.initialState;
};

/**
 * What the item's product is sold for now; null for an item that is not there. Items never change their product, so any
 * view of the cart tells it; one that was added since this view was sold in the cart's currency a moment ago.
 */
const offeredAgain = async (parts: Parts, command: Admitted<'setCartItemQuantity'>): Promise<OfferedProduct | null> => {
  const { cartId, cartItemId } = command.input;
  const state = await anyView(parts, cartId, command);
  const item = state.status === 'None' ? undefined : state.items.find(({ id }) => id === cartItemId);
  const productId = item === undefined ? null : parseId('Product', item.productId);
  return productId === null ? null : offeredProduct(parts, productId);
};

const openSetQuantity =
  (parts: Parts): CartCommands['setCartItemQuantity'] =>
  async (given, context) => {
    const command = admit('setCartItemQuantity', given, context);
    if (!command.ok) return command;
    const { cartId, cartItemId, quantity } = command.value.input;
    const by = await asOwner(parts, SHOWN_CART, { command: command.value, id: cartId });
    const offered = await offeredAgain(parts, by);
    const decide = onOpenCart(by, (cart) => setQuantity(cart, { cartItemId, quantity }, offered));
    return showAnswer(
      parts,
      SHOWN_CART,
      await runOwned(parts, { aggregate: cartAggregate, command: command.value, id: cartId, decide }),
    );
  };

const openRemoveItem =
  (parts: Parts): CartCommands['removeCartItem'] =>
  async (given, context) => {
    const command = admit('removeCartItem', given, context);
    if (!command.ok) return command;
    const { cartId, cartItemId } = command.value.input;
    const by = await asOwner(parts, SHOWN_CART, { command: command.value, id: cartId });
    const decide = onOpenCart(by, (cart) => removeItem(cart, cartItemId));
    return showAnswer(
      parts,
      SHOWN_CART,
      await runOwned(parts, { aggregate: cartAggregate, command: command.value, id: cartId, decide }),
    );
  };

const openCheckOut =
  (parts: Parts): CartCommands['checkOut'] =>
  async (given, context) => {
    const command = admit('checkout', given, context);
    if (!command.ok) return command;
    const { cartId, paymentMethod } = command.value.input;
    const method = paymentMethod === null ? ok(null) : await methodOf(parts.provider, paymentMethod);
    if (!method.ok) return err(method.error);
    const payment = { method: method.value, keptReference: parts.keptReference };
    const by = await asOwner(parts, SHOWN_CART, { command: command.value, id: cartId });
    const decide: CartDecide = (cart) => checkOut(cart, payment, by);
    return showAnswer(
      parts,
      SHOWN_ORDER,
      await runOwned(parts, { aggregate: cartAggregate, command: command.value, id: cartId, decide }),
    );
  };

export const openCartCommands = (parts: Parts): CartCommands => ({
  createCart: openCreateCart(parts),
  ...openAddCommands(parts),
  setCartItemQuantity: openSetQuantity(parts),
  removeCartItem: openRemoveItem(parts),
  clearCart: openClearCart(parts),
  checkOut: openCheckOut(parts),
});
