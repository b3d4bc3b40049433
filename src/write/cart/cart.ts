import {
  type CartEvent,
  type Currency,
  type Decimal,
  MAX_LINES,
  MAX_QUANTITY,
  newId,
  type OrderLine,
  type Recorded,
  type Rejection,
  recordedMinor,
  toDecimal,
} from '../../events/index.ts';
import { assertNever, err, ok, type Result } from '../../platform/index.ts';
import type { Aggregate, Decision, Loaded } from '../aggregate.ts';
import { NOTHING } from '../aggregate.ts';
import { type CommandContext, mayTouch } from '../context.ts';
import { orderAggregate } from '../order/order.ts';

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
  | ({ readonly status: 'CheckedOut'; readonly orderId: string } & Content);

export type OpenCart = Extract<Cart, { status: 'Open' }>;
type Decided = Result<Decision, Rejection>;

/** Changes that one cart may see. */
export const MAX_CART_VERSION = 1_000;

const EMPTY: Content = { customerId: null, sessionId: null, currency: 'EUR', items: [], itemsAdded: 0 };

const contentOf = (cart: Cart): Content => (cart.status === 'None' ? EMPTY : cart);

const evolveCart = (cart: Cart, event: CartEvent): Cart => {
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

export const cartAggregate: Aggregate<Cart> = {
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

/** What a cart takes over of a product. */
export interface OfferedProduct {
  readonly id: string;
  readonly price: Decimal;
  readonly currency: Currency;
}

/** A product that the cart has already only grows in quantity: a cart has one line a product. */
export const addItem = (cart: OpenCart, product: OfferedProduct, quantity: number): Decided => {
  if (product.currency !== cart.currency) return err(currencyMismatch(product, cart));
  const known = cart.items.find(({ productId }) => productId === product.id);
  if (known !== undefined) return setQuantity(cart, known.id, known.quantity + quantity);
  if (!isQuantity(quantity)) return err(badQuantity(quantity));
  if (cart.items.length >= MAX_LINES) return err(invalid(`A cart has at most ${MAX_LINES} different products.`));
  const cartItemId = String(cart.itemsAdded + 1);
  const data = { cartItemId, productId: product.id, quantity, unitPrice: product.price };
  return ok({ events: [{ type: 'CartItemAdded', data }] });
};

export const setQuantity = (cart: OpenCart, cartItemId: string, quantity: number): Decided => {
  if (quantity === 0) return removeItem(cart, cartItemId);
  if (!isQuantity(quantity)) return err(badQuantity(quantity));
  const item = cart.items.find(({ id }) => id === cartItemId);
  if (item === undefined) return err(noSuchItem(cartItemId));
  if (item.quantity === quantity) return ok(NOTHING);
  return ok({ events: [{ type: 'CartItemQuantityChanged', data: { cartItemId, quantity } }] });
};

export const removeItem = (cart: OpenCart, cartItemId: string): Decided => {
  if (!cart.items.some(({ id }) => id === cartItemId)) return err(noSuchItem(cartItemId));
  return ok({ events: [{ type: 'CartItemRemoved', data: { cartItemId } }] });
};

/** Checking out twice is the same request: the second one decides nothing, and answers with the order of the first. */
export const checkOut = (loaded: Loaded<Cart>, paymentMethod: string | null, context: CommandContext): Decided => {
  const cart = loaded.state;
  if (cart.status === 'CheckedOut' && mayTouch(context, cart.customerId)) {
    return ok({ events: [], answersWith: cart.orderId });
  }
  const open = openFor(loaded, context);
  if (!open.ok) return open;
  if (open.value.items.length === 0) return err({ code: 'CART_EMPTY', message: 'The cart has no items to check out.' });
  return ok(turnIntoOrder(loaded.id, open.value, paymentMethod));
};

const turnIntoOrder = (cartId: string, cart: OpenCart, paymentMethod: string | null): Decision => {
  const { customerId, sessionId, currency, items } = cart;
  const orderId = newId('Order');
  const totalAmount = toDecimal(totalMinorOf(items), currency);
  const lines = items.map(
    (item): OrderLine => ({
      productId: item.productId,
      quantity: item.quantity,
      unitPrice: toDecimal(item.unitPriceMinor, currency),
    }),
  );
  const data = { orderId, cartId, customerId, sessionId, currency, lines, totalAmount, paymentMethod };
  return {
    events: [{ type: 'CartCheckedOut', data: { orderId, totalAmount } }],
    founds: { aggregate: orderAggregate, aggregateId: orderId, events: [{ type: 'OrderCreated', data }] },
    answersWith: orderId,
  };
};

export const totalMinorOf = (items: readonly CartItem[]): number =>
  items.reduce((total, { quantity, unitPriceMinor }) => total + quantity * unitPriceMinor, 0);

/** The cart, if it may be changed by this command; else why not. */
export const openFor = ({ id, state, version }: Loaded<Cart>, context: CommandContext): Result<OpenCart, Rejection> => {
  if (state.status === 'None' || !mayTouch(context, state.customerId)) return err(noSuchCart(id));
  const expected = context.expectedVersion ?? null;
  if (state.status === 'CheckedOut') {
    return err({ code: 'CART_CHECKED_OUT', message: `The cart is already order ${state.orderId}.` });
  }
  if (expected !== null && expected !== version) {
    return err({
      code: 'VERSION_CONFLICT',
      message: `The cart is at version ${version}, not ${expected}: read it again.`,
    });
  }
  if (version >= MAX_CART_VERSION)
    return err(invalid(`A cart takes at most ${MAX_CART_VERSION} changes: create a new one.`));
  return ok(state);
};

const isQuantity = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= MAX_QUANTITY;

export const badQuantity = (quantity: number): Rejection =>
  invalid(`A quantity is a whole number from 1 to ${MAX_QUANTITY}, not ${quantity}.`);

const invalid = (message: string): Rejection => ({ code: 'INVALID_INPUT', message });

const noSuchCart = (id: string): Rejection => ({ code: 'NOT_FOUND', message: `There is no cart ${id}.` });

const noSuchItem = (id: string): Rejection => ({ code: 'NOT_FOUND', message: `The cart has no item ${id}.` });

const currencyMismatch = (product: OfferedProduct, cart: OpenCart): Rejection => ({
  code: 'CURRENCY_MISMATCH',
  message: `${product.id} is sold in ${product.currency}, the cart is in ${cart.currency}.`,
});
