import {
  type CartEvent,
  type Currency,
  type Decimal,
  MAX_LINES,
  MAX_QUANTITY,
  type Rejection,
  shownText,
} from '../../events/index.ts';
import { err, ok, type Result } from '../../platform/index.ts';
import { type Decision, NOTHING } from '../execution/aggregate.ts';
import { type CartItem, evolveCart, type OpenCart } from './cart.ts';

type Decided = Result<Decision, Rejection>;

/** What a cart takes over of a product. */
export interface OfferedProduct {
  readonly id: string;
  readonly price: Decimal;
  readonly currency: Currency;
}

type Change = Result<CartEvent, Rejection>;

/** A product that the cart has already only grows in quantity: a cart has one line a product. */
const added = (cart: OpenCart, product: OfferedProduct, quantity: number): Change => {
  if (product.currency !== cart.currency) return err({ ...currencyMismatch(product, cart), path: ['productId'] });
  const known = cart.items.find(({ productId }) => productId === product.id);
  if (known !== undefined) return growItem(known, quantity);
  if (cart.items.length >= MAX_LINES) return err(FULL);
  const cartItemId = String(cart.itemsAdded + 1);
  const data = { cartItemId, productId: product.id, quantity, unitPrice: product.price };
  return ok({ type: 'CartItemAdded', data });
};

const FULL: Rejection = {
  code: 'INVALID_INPUT',
  message: `A cart has at most ${MAX_LINES} different products.`,
  path: ['productId'],
};

/** A product, and how many units of it are to be added; null for a product that is unknown. */
export interface Addition {
  readonly productId: string;
  readonly product: OfferedProduct | null;
  readonly quantity: number;
  /** Where in the command it stands. */
  readonly path: readonly string[];
}

/** All of them, as though they were added one by one, or none: then the first that does not go in says why. */
export const addItems = (cart: OpenCart, additions: readonly Addition[]): Decided => {
  const events: CartEvent[] = [];
  let filled = cart;
  for (const { productId, product, quantity, path } of additions) {
    const event = product === null ? err(noSuchProduct(productId)) : added(filled, product, quantity);
    if (!event.ok) return err(within(path, event.error));
    events.push(event.value);
    const next = evolveCart(filled, event.value);
    if (next.status === 'Open') filled = next;
  }
  return ok({ events });
};

export const clear = ({ items }: OpenCart): Decision => ({
  events: items.map(({ id: cartItemId }) => ({ type: 'CartItemRemoved', data: { cartItemId } })),
});

const within = (place: readonly string[], { path = [], ...rejection }: Rejection): Rejection => ({
  ...rejection,
  path: [...place, ...path],
});

const noSuchProduct = (id: string): Rejection => ({
  code: 'NOT_FOUND',
  message: `There is no product ${id}.`,
  path: ['productId'],
});

const growItem = ({ id: cartItemId, quantity: already, productId }: CartItem, more: number): Change => {
  const quantity = already + more;
  if (quantity <= MAX_QUANTITY) return ok({ type: 'CartItemQuantityChanged', data: { cartItemId, quantity } });
  const rest = MAX_QUANTITY - already;
  const fits = rest === 0 ? 'none more fits in' : `${rest} more fit in`;
  return err({
    code: 'INVALID_INPUT',
    message: `At most ${MAX_QUANTITY} of a product fit in a cart: it has ${already} of ${productId}, so ${fits}.`,
    path: ['quantity'],
    ...(rest === 0 ? {} : { allowed: { type: 'integer', minimum: 1, maximum: rest } }),
  });
};

interface SetQuantity {
  readonly cartItemId: string;
  /** 0 removes the item. */
  readonly quantity: number;
}

/** `offered`: what the item's product is sold for now. A line grows only while that is in the cart's currency. */
export const setQuantity = (
  cart: OpenCart,
  { cartItemId, quantity }: SetQuantity,
  offered: OfferedProduct | null,
): Decided => {
  if (quantity === 0) return removeItem(cart, cartItemId);
  const item = cart.items.find(({ id }) => id === cartItemId);
  if (item === undefined) return err(noSuchItem(cartItemId));
  if (item.quantity === quantity) return ok(NOTHING);
  const isSoldOtherwise = offered !== null && offered.currency !== cart.currency;
  if (isSoldOtherwise && quantity > item.quantity) return err(growsInOtherCurrency(offered, cart, item));
  return ok({ events: [{ type: 'CartItemQuantityChanged', data: { cartItemId, quantity } }] });
};

export const removeItem = (cart: OpenCart, cartItemId: string): Decided => {
  if (!cart.items.some(({ id }) => id === cartItemId)) return err(noSuchItem(cartItemId));
  return ok({ events: [{ type: 'CartItemRemoved', data: { cartItemId } }] });
};

const noSuchItem = (id: string): Rejection => ({
  code: 'NOT_FOUND',
  message: `The cart has no item ${shownText(id)}.`,
  path: ['cartItemId'],
});

const growsInOtherCurrency = (product: OfferedProduct, cart: OpenCart, { quantity }: CartItem): Rejection => ({
  ...currencyMismatch(product, cart),
  path: ['quantity'],
  allowed: { type: 'integer', minimum: 0, maximum: quantity },
});

const currencyMismatch = (product: OfferedProduct, cart: OpenCart): Rejection => ({
  code: 'CURRENCY_MISMATCH',
  message: `${product.id} is sold in ${product.currency}, the cart is in ${cart.currency}.`,
});
