import type { OrderEvent } from '../../events/index.ts';
import { byAggregate, type StoredRecorded } from '../projection.ts';
import type { ProductRows } from '../read-store.ts';
import { changeOf, concernsHold, evolveHold, type Hold, NO_HOLD, type StockDelta } from './hold.ts';

/** The orders' holds after a batch, and how that changes the products' numbers, line by line. */
interface FoldedHolds {
  readonly holds: ReadonlyMap<string, Hold>;
  readonly changes: readonly (readonly [productId: string, delta: StockDelta])[];
}

/** Folds a batch into the orders' holds. */
export const foldHolds = async <T>(
  tx: T,
  rows: ProductRows<T>,
  batch: readonly StoredRecorded[],
): Promise<FoldedHolds> => {
  const events = holdEvents(batch);
  if (events.size === 0) return { holds: new Map(), changes: [] };
  const known = await rows.loadHolds(tx, [...events.keys()]);
  const folded = [...events].map(([orderId, each]) => {
    const before = known.get(orderId) ?? NO_HOLD;
    return { orderId, before, after: each.reduce(evolveHold, before) };
  });
  return {
    holds: new Map(folded.map(({ orderId, after }) => [orderId, after])),
    changes: folded.flatMap(({ before, after }) => changeOf(before, after)),
  };
};

const holdEvents = (batch: readonly StoredRecorded[]): ReadonlyMap<string, readonly StoredRecorded<OrderEvent>[]> => {
  const ofOrders = byAggregate<OrderEvent>(batch, 'Order');
  return new Map(
    [...ofOrders]
      .map(([id, events]) => [id, events.filter(concernsHold)] as const)
      .filter(([, events]) => events.length > 0),
  );
};
