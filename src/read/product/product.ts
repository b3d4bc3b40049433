import type { Currency, Decimal, EventOf, Recorded } from '../../events/index.ts';
import type { StockDelta } from './allocation.ts';

/** A product as it is shown: no number below zero. */
export interface ProductView extends ProductStock {
  readonly name: string;
  readonly price: Decimal;
  readonly currency: Currency;
}

/** A product's numbers, none below zero. */
export interface ProductStock extends StockDelta {
  readonly id: string;
}

/** A product's row: its numbers are sums over the set of events received so far, so any may be below zero for a moment. */
export interface ProductState extends StockDelta {
  readonly id: string;
  /** See `naturalIdOf`. */
  readonly naturalId: string;
  /** Null, as its price and currency, while only its stock is known. */
  readonly name: string | null;
  readonly price: Decimal | null;
  readonly currency: Currency | null;
  /** Version of the ProductUpserted that the row shows; 0 while there is none. */
  readonly upsertedVersion: number;
}

export type Upserted = Recorded<EventOf<'ProductUpserted'>>;

/** Of two descriptions of a product the one with the higher version stands; then the later; then that of the higher event id. */
const supersedes = ({ envelope: one }: Upserted, { envelope: other }: Upserted): boolean => {
  if (one.version !== other.version) return (one.version ?? 0) > (other.version ?? 0);
  const later = Date.parse(one.occurredAt) - Date.parse(other.occurredAt);
  return later === 0 ? one.eventId > other.eventId : later > 0;
};

/** The description that stands among several. */
export const latest = (descriptions: readonly Upserted[]): Upserted | undefined =>
  descriptions.reduce<Upserted | undefined>(
    (best, each) => (best === undefined || supersedes(each, best) ? each : best),
    undefined,
  );

/** Null while only its stock is known. */
export const viewOf = (product: ProductState): ProductView | null => {
  const { name, price, currency } = product;
  if (name === null || price === null || currency === null) return null;
  return { name, price, currency, ...stockOf(product) };
};

export const stockOf = ({ id, available, reserved, sold }: ProductState): ProductStock => ({
  id,
  available: Math.max(0, available),
  reserved: Math.max(0, reserved),
  sold: Math.max(0, sold),
});
