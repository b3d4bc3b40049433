import { type Admitted, admit, type CommandContext, type CommandInput } from '../../commands/index.ts';
import { type Answered, type Execute, runOwned, showAnswer } from '../execution/run-command.ts';
import { asOwner } from '../visit/reach-on.ts';
import { cartAggregate } from './cart.ts';
import { type CartSnapshot, SHOWN_CART } from './cart-snapshot.ts';
import { type Addition, addItems } from './change-items.ts';
import { offeredProduct } from './offered-product.ts';
import { onOpenCart } from './on-open-cart.ts';

export interface AddCommands {
  addCartItem(command: CommandInput<'addCartItem'>, context: CommandContext): Answered<CartSnapshot>;
  /** All of them, or none. */
  addCartItems(command: CommandInput<'addCartItems'>, context: CommandContext): Answered<CartSnapshot>;
}

type Wanted = Admitted<'addCartItems'>['input']['items'][number] & Pick<Addition, 'path'>;
type AddCommand = Admitted<'addCartItem' | 'addCartItems'>;

const addAll = async (parts: Execute, command: AddCommand, items: readonly Wanted[]): Answered<CartSnapshot> => {
  const { cartId } = command.input;
  const additions = await Promise.all(
    items.map(async (item) => ({ ...item, product: await offeredProduct(parts, item.productId) })),
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
    if (!command.ok) return command;
    const { productId, quantity } = command.value.input;
    return addAll(parts, command.value, [{ productId, quantity, path: [] }]);
  };

const openAddCartItems =
  (parts: Execute): AddCommands['addCartItems'] =>
  async (given, context) => {
    const command = admit('addCartItems', given, context);
    if (!command.ok) return command;
    const { items } = command.value.input;
    const wanted = items.map((item, index) => ({ ...item, path: ['items', String(index)] }));
    return addAll(parts, command.value, wanted);
  };

export const openAddCommands = (parts: Execute): AddCommands => ({
  addCartItem: openAddCartItem(parts),
  addCartItems: openAddCartItems(parts),
});
