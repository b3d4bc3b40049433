import { type Admitted, admit, type CommandContext, type CommandInput } from '../../commands/index.ts';
import { type Answered, type Execute, runOwned, showAnswer } from '../execution/run-command.ts';
import { asOwner } from '../visit/reach-on.ts';
import { cartAggregate } from './cart.ts';
import { type CartSnapshot, SHOWN_CART } from './cart-snapshot.ts';
import { addItems } from './change-items.ts';
import { offeredProduct } from './offered-product.ts';
import { onOpenCart } from './on-open-cart.ts';

export interface AddCommands {
  addCartItem(command: CommandInput<'addCartItem'>, context: CommandContext): Answered<CartSnapshot>;
  /** All of them, or none. */
  addCartItems(command: CommandInput<'addCartItems'>, context: CommandContext): Answered<CartSnapshot>;
}

type CommandItems = Admitted<'addCartItems'>['input']['items'];
type AddCommand = Admitted<'addCartItem' | 'addCartItems'>;

const addAll = async (parts: Execute, command: AddCommand, items: CommandItems): Answered<CartSnapshot> => {
  const { cartId } = command.input;
  const additions = await Promise.all(
    items.map(async ({ productId, quantity }) => ({
      productId,
      quantity,
      product: await offeredProduct(parts, productId),
    })),
  );
  const by = await asOwner(parts, SHOWN_CART, { command, id: cartId });
  const decide = onOpenCart(by, (cart) => addItems(cart, additions));
  return showAnswer(
    parts,
    SHOWN_CART,
    await runOwned(parts, { aggregate: cartAggregate, command, id: cartId, decide }),
  );
};

const openAddCartItem =
  (parts: Execute): AddCommands['addCartItem'] =>
  async (given, context) => {
    const command = admit('addCartItem', given, context);
    return command.ok ? addAll(parts, command.value, [command.value.input]) : command;
  };

const openAddCartItems =
  (parts: Execute): AddCommands['addCartItems'] =>
  async (given, context) => {
    const command = admit('addCartItems', given, context);
    return command.ok ? addAll(parts, command.value, command.value.input.items) : command;
  };

export const openAddCommands = (parts: Execute): AddCommands => ({
  addCartItem: openAddCartItem(parts),
  addCartItems: openAddCartItems(parts),
});
