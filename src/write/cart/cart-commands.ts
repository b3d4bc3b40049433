import { isCurrency, newId, type Rejection } from '../../events/index.ts';
import { err, ok, type Result } from '../../platform/index.ts';
import type { Decision, Loaded } from '../aggregate.ts';
import {
  type Answered,
  answerWithCart,
  answerWithOrder,
  type CommandParts,
  idProblem,
  invalid,
  runOnCart,
} from '../answer.ts';
import { productAggregate } from '../catalogue/product.ts';
import type { CommandContext } from '../context.ts';
import { methodProblem } from '../payment/provider.ts';
import type { CartSnapshot, OrderSnapshot } from '../snapshots.ts';
import {
  addItem,
  badQuantity,
  type Cart,
  type CreateCart,
  checkOut,
  createCart,
  type OpenCart,
  openFor,
  removeItem,
  setQuantity,
} from './cart.ts';

export interface AddCartItem {
  readonly cartId: string;
  readonly productId: string;
  readonly quantity: number;
}

export interface SetCartItemQuantity {
  readonly cartId: string;
  readonly cartItemId: string;
  /** 0 removes the item. */
  readonly quantity: number;
}

export interface CheckOut {
  readonly cartId: string;
  /** Null: the order waits for a payment until its reservation expires. */
  readonly paymentMethod: string | null;
}

export interface CartCommands {
  createCart(command: CreateCart, context: CommandContext): Answered<CartSnapshot>;
  addCartItem(command: AddCartItem, context: CommandContext): Answered<CartSnapshot>;
  setCartItemQuantity(command: SetCartItemQuantity, context: CommandContext): Answered<CartSnapshot>;
  removeCartItem(command: Omit<SetCartItemQuantity, 'quantity'>, context: CommandContext): Answered<CartSnapshot>;
  /** Checking out again answers with the same order again. */
  checkOut(command: CheckOut, context: CommandContext): Answered<OrderSnapshot>;
}

/** A price may be this old in the view of another gateway. */
const PRODUCT_FRESHNESS = { maxAgeMs: 1_000 };

type CartDecide = (loaded: Loaded<Cart>) => Result<Decision, Rejection>;
type OpenCartDecide = (cart: OpenCart) => Result<Decision, Rejection>;

/** Decides on a cart that is open to this command. */
const onOpenCart =
  (context: CommandContext, decide: OpenCartDecide): CartDecide =>
  (loaded) => {
    const open = openFor(loaded, context);
    return open.ok ? decide(open.value) : open;
  };

const openCreateCart =
  (parts: CommandParts): CartCommands['createCart'] =>
  async (command, context) => {
    const { currency } = command;
    if (!isCurrency(currency)) return err(invalid(`${currency} is not a currency of ISO 4217.`));
    const decide: CartDecide = () => ok(createCart(command));
    const request = { id: newId('Cart'), isNew: true, name: 'createCart', input: { ...command }, context, decide };
    return answerWithCart(parts, await runOnCart(parts, request));
  };

const openAddCartItem =
  (parts: CommandParts): CartCommands['addCartItem'] =>
  async (command, context) => {
    const { cartId, productId, quantity } = command;
    const problem = idProblem('Product', productId);
    if (problem !== null) return err(problem);
    const product = await parts.aggregates.load(productAggregate, productId, PRODUCT_FRESHNESS);
    const decide = onOpenCart(context, (cart) => {
      if (quantity < 1) return err(badQuantity(quantity));
      if (product.state === null) return err({ code: 'NOT_FOUND', message: `There is no product ${productId}.` });
      return addItem(cart, { id: productId, ...product.state }, quantity);
    });
    const request = { id: cartId, name: 'addCartItem', input: { ...command }, context, decide };
    return answerWithCart(parts, await runOnCart(parts, request));
  };

const openItemChanges = (parts: CommandParts): Pick<CartCommands, 'setCartItemQuantity' | 'removeCartItem'> => ({
  setCartItemQuantity: async (command, context) => {
    const { cartId, cartItemId, quantity } = command;
    const decide = onOpenCart(context, (cart) => setQuantity(cart, cartItemId, quantity));
    const request = { id: cartId, name: 'setCartItemQuantity', input: { ...command }, context, decide };
    return answerWithCart(parts, await runOnCart(parts, request));
  },
  removeCartItem: async (command, context) => {
    const decide = onOpenCart(context, (cart) => removeItem(cart, command.cartItemId));
    const request = { id: command.cartId, name: 'removeCartItem', input: { ...command }, context, decide };
    return answerWithCart(parts, await runOnCart(parts, request));
  },
});

const openCheckOut =
  (parts: CommandParts): CartCommands['checkOut'] =>
  async (command, context) => {
    const { cartId, paymentMethod } = command;
    const problem = methodProblem(parts.provider, paymentMethod);
    if (problem !== null) return err(problem);
    const decide: CartDecide = (cart) => checkOut(cart, paymentMethod, context);
    const request = { id: cartId, name: 'checkout', input: { ...command }, context, decide };
    return answerWithOrder(parts, await runOnCart(parts, request));
  };

export const openCartCommands = (parts: CommandParts): CartCommands => ({
  createCart: openCreateCart(parts),
  addCartItem: openAddCartItem(parts),
  ...openItemChanges(parts),
  checkOut: openCheckOut(parts),
});
