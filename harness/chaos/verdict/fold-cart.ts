import type { CartLine } from '../shop/index.ts';
import { minorOf } from './money.ts';
import type { Event } from './records.ts';

/** A cart as events.md says it must be after these events. */
export interface FoldedCart {
  readonly version: number;
  readonly status: 'OPEN' | 'CHECKED_OUT';
  readonly items: readonly CartLine[];
}

const applyToItems = (items: readonly CartLine[], { type, data }: Event): readonly CartLine[] => {
  const id = data.cart_item_id ?? '';
  const quantity = data.quantity ?? 0;
  if (type === 'CartItemAdded') {
    const item = { id, productId: data.product_id ?? '', quantity, unitPrice: { amount: data.unit_price ?? '' } };
    return [...items, item];
  }
  if (type === 'CartItemRemoved') return items.filter((item) => item.id !== id);
  if (type === 'CartItemQuantityChanged') return items.map((item) => (item.id === id ? { ...item, quantity } : item));
  return items;
};

/** Folds in version order. */
export const foldCart = (events: readonly Event[]): FoldedCart => {
  let cart: FoldedCart = { version: 0, status: 'OPEN', items: [] };
  for (const event of events.toSorted((left, right) => left.version - right.version)) {
    cart = {
      version: event.version,
      status: event.type === 'CartCheckedOut' ? 'CHECKED_OUT' : cart.status,
      items: applyToItems(cart.items, event),
    };
  }
  return cart;
};

export const totalMinorOf = (items: readonly Omit<CartLine, 'id'>[]): number =>
  items.reduce((sum, { quantity, unitPrice }) => sum + quantity * minorOf(unitPrice.amount), 0);

export const describeItems = (items: readonly Omit<CartLine, 'id'>[]): string =>
  items
    .map(({ productId, quantity, unitPrice }) => `${quantity} × ${productId} at ${minorOf(unitPrice.amount)}`)
    .join(', ');
