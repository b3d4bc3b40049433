import type { Currency, DataOf, Decimal, EventOf, Recorded } from '../../events/index.ts';
import type { StockDelta } from './hold.ts';

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

/** A product's row: its numbers are sums over the set of events heard so far, so any may be below zero for a moment. */
export interface ProductState {
  readonly id: string;
  readonly upserted: DataOf<'ProductUpserted'> | null;
  readonly upsertedVersion: number;
  readonly stock: StockDelta;
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
export const viewOf = ({ id, upserted, stock }: ProductState): ProductView | null => {
  if (upserted === null) return null;
  const { name, price, currency } = upserted;
  return { id, name, price, currency, ...shownStock(stock) };
};

export const stockOf = ({ id, stock }: ProductState): ProductStock => ({ id, ...shownStock(stock) });

const shownStock = ({ available, reserved, sold }: StockDelta): StockDelta => ({
  available: Math.max(0, available),
  reserved: Math.max(0, reserved),
  sold: Math.max(0, sold),
});
