import type { CartEvent, Currency, Decimal, OrderLine } from '../../events/index.ts';
import type { Decision } from '../execution/aggregate.ts';
import { type CreateCart, createCart } from './cart.ts';
import type { OfferedProduct } from './change-items.ts';

/** A line that is not as it was. Prices are decimals of the cart's currency. */
export type LineChange = {
  readonly productId: string;
  readonly quantity: number;
  readonly before: Decimal;
} & (
  | { readonly kind: 'PRICE_CHANGED'; readonly now: Decimal }
  | { readonly kind: 'GONE' }
  | { readonly kind: 'SHORT'; readonly available: number }
);

/** A line of an order, and what there is of its product today. */
export interface LineToday {
  readonly line: OrderLine;
  readonly currency: Currency;
  /** Null for a product that is no longer sold. */
  readonly offered: OfferedProduct | null;
  /** Null where the inventory does not tell. */
  readonly available: number | null;
}

/** What is sold in another currency by now has no place in a cart of the order's. */
const offerOf = ({ offered, currency }: LineToday): OfferedProduct | null =>
  offered?.currency === currency ? offered : null;

/** What is different today about one line; a price and a shortage are two things. */
export const changesOf = (today: LineToday): readonly LineChange[] => {
  const { productId, quantity, unitPrice: before } = today.line;
  const [line, offered] = [{ productId, quantity, before }, offerOf(today)];
  if (offered === null) return [{ ...line, kind: 'GONE' }];
  const { available } = today;
  return [
    ...(offered.price === before ? [] : [{ ...line, kind: 'PRICE_CHANGED', now: offered.price } as const]),
    ...(available === null || available >= quantity ? [] : [{ ...line, kind: 'SHORT', available } as const]),
  ];
};

/** A new cart with the lines that are still sold, whatever is in stock of them, at the prices of today. */
export const reorder = (owner: CreateCart, lines: readonly LineToday[]): Decision => {
  const sold = lines.flatMap((today) => {
    const offered = offerOf(today);
    return offered === null ? [] : [{ productId: offered.id, quantity: today.line.quantity, unitPrice: offered.price }];
  });
  const added = sold.map(
    (line, index): CartEvent => ({ type: 'CartItemAdded', data: { cartItemId: String(index + 1), ...line } }),
  );
  return { events: [...createCart(owner).events, ...added] };
};
