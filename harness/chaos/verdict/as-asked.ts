import type { CartAnswer, CartLine, Command, OrderAnswer } from '../shop/index.ts';
import type { Evidence } from './evidence.ts';
import { describeItems, foldCart } from './fold-cart.ts';
import type { Event } from './records.ts';

type Items = readonly CartLine[];

/** What the operator has put on the shelf, at which price; in this shop none changes. */
const pricesOf = ({ commands }: Evidence): ReadonlyMap<string, string> =>
  new Map(
    commands.flatMap(({ name, input: { id, price } }) =>
      name === 'upsertProduct' && id !== undefined && price !== undefined ? [[id, price.amount] as const] : [],
    ),
  );

/** A cart has one line a product, which only grows, at the price that it began with. */
const withAdded = (evidence: Evidence, { input }: Command, items: Items): Items => {
  const { productId = '', quantity = 0 } = input;
  const known = items.find((item) => item.productId === productId);
  if (known !== undefined)
    return items.map((item) => (item === known ? { ...item, quantity: item.quantity + quantity } : item));
  const unitPrice = { amount: pricesOf(evidence).get(productId) ?? '' };
  return [...items, { id: '', productId, quantity, unitPrice }];
};

/** Events name an item by its number within its cart, and the API by the cart's as well. Source: docs/events.md. */
const isItem = ({ cartItemId = '' }: Command['input'], { id }: CartLine): boolean =>
  id === cartItemId.slice(cartItemId.lastIndexOf('/') + 1);

const withQuantity = (items: Items, input: Command['input']): Items => {
  const { quantity = 0 } = input;
  return items.flatMap((item) => (isItem(input, item) ? (quantity === 0 ? [] : { ...item, quantity }) : item));
};

const itemsAt = (events: readonly Event[], version: number): Items =>
  foldCart(events.filter((event) => event.version <= version)).items;

type Wanted = (evidence: Evidence, command: Command, before: Items) => Items;

/** What the cart must be that was answered, by what was asked for; other commands change no items. */
const WANTED: Partial<Record<Command['name'], Wanted>> = {
  createCart: () => [],
  addCartItem: withAdded,
  setCartItemQuantity: (_, { input }, before) => withQuantity(before, input),
  removeCartItem: (_, { input }, before) => before.filter((item) => !isItem(input, item)),
};

/** A quantity that is set to what it is already changes nothing, and is no event. */
const setsTheSame = ({ name, input }: Command, items: Items): boolean =>
  name === 'setCartItemQuantity' && items.some((item) => isItem(input, item) && item.quantity === input.quantity);

/** In what the cart that was answered is not as it was asked for; null in nothing. */
export const cartIsNotAsAsked = (evidence: Evidence, command: Command, answer: CartAnswer): string | null => {
  const { cartId } = command.input;
  if (cartId !== undefined && answer.id !== cartId) return `of ${cartId} it was asked`;
  const events = evidence.byAggregate.get(answer.id) ?? [];
  const [before, after] = [itemsAt(events, answer.version - 1), itemsAt(events, answer.version)];
  const expected = WANTED[command.name]?.(evidence, command, before);
  if (expected === undefined || setsTheSame(command, after)) return null;
  const [should, is] = [describeItems(expected), describeItems(after)];
  return should === is ? null : `it asks for "${should}", version ${answer.version} is "${is}"`;
};

/** The same of an order. */
export const orderIsNotAsAsked = (
  { byAggregate }: Evidence,
  { input }: Command,
  answer: OrderAnswer,
): string | null => {
  if (input.orderId !== undefined && answer.id !== input.orderId) return `of ${input.orderId} it was asked`;
  const created = (byAggregate.get(answer.id) ?? []).find(({ type }) => type === 'OrderCreated')?.data;
  const cartId = input.cartId ?? answer.cartId;
  if (created?.cart_id !== cartId || answer.cartId !== cartId) return `it is not the order of ${cartId}`;
  const lines = (created.lines ?? []).map(({ product_id, quantity, unit_price }) => ({
    productId: product_id,
    quantity,
    unitPrice: { amount: unit_price ?? '' },
  }));
  const [stored, told] = [describeItems(lines), describeItems(answer.lines)];
  return stored === told ? null : `"${told}" was answered, the events say "${stored}"`;
};
