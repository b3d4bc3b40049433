import {
  type CartEvent,
  type Currency,
  type MergedLine,
  ownerKey,
  type Recorded,
  type Rejection,
  reaches,
  recordedMinor,
} from '../../events/index.ts';
import { assertNever, err, ok, type Result } from '../../platform/index.ts';
import type { Aggregate, Decision, Loaded } from '../execution/aggregate.ts';
import type { Commander } from '../execution/commander.ts';

export interface CartItem {
  readonly id: string;
  readonly productId: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
}

interface Content {
  readonly customerId: string | null;
  readonly sessionId: string | null;
  readonly currency: Currency;
  readonly items: readonly CartItem[];
  /** Items ever added: the next one's id. */
  readonly itemsAdded: number;
}

export type Cart =
  | { readonly status: 'None' }
  | ({ readonly status: 'Open' } & Content)
  | ({ readonly status: 'CheckedOut'; readonly orderId: string } & Content)
  | ({ readonly status: 'Merged'; readonly intoCartId: string } & Content);

export type OpenCart = Extract<Cart, { status: 'Open' }>;

const EMPTY: Content = { customerId: null, sessionId: null, currency: 'EUR', items: [], itemsAdded: 0 };

const contentOf = (cart: Cart): Content => (cart.status === 'None' ? EMPTY : cart);

/** The cart after one of its events. */
export const evolveCart = (cart: Cart, event: CartEvent): Cart => {
  const content = contentOf(cart);
  switch (event.type) {
    case 'CartCreated':
      return { ...EMPTY, ...event.data, status: 'Open' };
    case 'CartItemAdded':
      return {
        ...content,
        status: 'Open',
        items: [...content.items, itemOf(content, event.data)],
        itemsAdded: content.itemsAdded + 1,
      };
    case 'CartItemQuantityChanged':
      return { ...content, status: 'Open', items: content.items.map((item) => withQuantity(item, event.data)) };
    case 'CartItemRemoved':
      return { ...content, status: 'Open', items: content.items.filter(({ id }) => id !== event.data.cartItemId) };
    case 'CartCheckedOut':
      return { ...content, status: 'CheckedOut', orderId: event.data.orderId };
    case 'CartMerged':
      return { ...content, status: 'Merged', items: [], intoCartId: event.data.intoCartId };
    case 'CartLinesMerged':
      return { ...event.data.lines.reduce(withMergedLine, content), status: 'Open' };
  }
  return assertNever(event);
};

type Added = Extract<CartEvent, { type: 'CartItemAdded' }>['data'];
type QuantityChanged = Extract<CartEvent, { type: 'CartItemQuantityChanged' }>['data'];

const itemOf = ({ currency }: Content, { cartItemId, productId, quantity, unitPrice }: Added): CartItem => ({
  id: cartItemId,
  productId,
  quantity,
  unitPriceMinor: recordedMinor(unitPrice, currency),
});

const withQuantity = (item: CartItem, { cartItemId, quantity }: QuantityChanged): CartItem =>
  item.id === cartItemId ? { ...item, quantity } : item;

const withMergedLine = (content: Content, line: MergedLine): Content => {
  const known = content.items.find(({ id }) => id === line.cartItemId);
  if (known === undefined) {
    return { ...content, items: [...content.items, itemOf(content, line)], itemsAdded: content.itemsAdded + 1 };
  }
  const change = { cartItemId: known.id, quantity: known.quantity + line.quantity };
  return { ...content, items: content.items.map((item) => withQuantity(item, change)) };
};

export const cartAggregate: Aggregate<Cart, 'Cart'> = {
  kind: 'Cart',
  initialState: { status: 'None' },
  evolve: (cart, { event }: Recorded) => evolveCart(cart, event as CartEvent),
};

export interface CreateCart {
  readonly customerId: string | null;
  readonly sessionId: string | null;
  readonly currency: Currency;
}

export const createCart = ({ customerId, sessionId, currency }: CreateCart): Decision => ({
  events: [{ type: 'CartCreated', data: { customerId, sessionId, currency } }],
});

export const totalMinorOf = (items: readonly CartItem[]): number =>
  items.reduce((total, { quantity, unitPriceMinor }) => total + quantity * unitPriceMinor, 0);

type ExistingCart = Exclude<Cart, { status: 'None' }>;

/** The cart, if whoever commands may know of it. */
export const visibleTo = ({ id, state }: Loaded<Cart>, by: Commander): Result<ExistingCart, Rejection> =>
  state.status === 'None' || !reaches(by.reach, ownerKey(state))
    ? err({ code: 'NOT_FOUND', message: `There is no cart ${id}.`, path: ['cartId'] })
    : ok(state);

/** Null when the cart is at the version that was expected, or none was. */
export const versionProblem = ({ version }: Loaded<Cart>, { expectedVersion = null }: Commander): Rejection | null => {
  if (expectedVersion === null || expectedVersion === version) return null;
  const message = `The cart is at version ${version}, not ${expectedVersion}: read it again.`;
  return { code: 'VERSION_CONFLICT', message, path: ['expectedVersion'], allowed: { const: version } };
};

/** Of a cart whose lines are in another one: there they can be changed and checked out. */
export const merged = ({ intoCartId }: Pick<Extract<Cart, { status: 'Merged' }>, 'intoCartId'>): Rejection => ({
  code: 'CART_MERGED',
  message: `The cart's lines are in cart ${intoCartId} now: go on with that one.`,
  path: ['cartId'],
});

/** The cart, if it may be changed by this command; else why not. */
export const openFor = (loaded: Loaded<Cart>, by: Commander): Result<OpenCart, Rejection> => {
  const visible = visibleTo(loaded, by);
  if (!visible.ok) return visible;
  const cart = visible.value;
  if (cart.status === 'CheckedOut') {
    return err({
      code: 'CART_CHECKED_OUT',
      message: `The cart is already order ${cart.orderId}.`,
      path: ['cartId'],
    });
  }
  if (cart.status === 'Merged') return err(merged(cart));
  const problem = versionProblem(loaded, by);
  return problem === null ? ok(cart) : err(problem);
};
