import type { Recorded } from '../../events/index.ts';
import { aggregateIds, byAggregate, type StoredRecorded } from '../../projection/index.ts';
import { changeOf, concernsHold, evolveHold, type Hold, NO_HOLD, type StockDelta } from './hold.ts';

type Holds = ReadonlyMap<string, Hold>;

/** The orders' holds that changed, and how that changes the products' numbers, line by line. */
interface FoldedHolds {
  readonly changed: Holds;
  readonly changes: readonly (readonly [productId: string, delta: StockDelta])[];
}

/** The orders whose hold a batch may change. */
export const ordersWithHolds = (batch: readonly Recorded[]): readonly string[] =>
  aggregateIds(batch.filter(concernsHold), 'Order');

/** Folds new events into the orders' holds. */
export const foldHolds = (known: Holds, events: readonly StoredRecorded[]): FoldedHolds => {
  const ofOrders = byAggregate(events.filter(concernsHold), 'Order');
  const all = [...ofOrders].map(([orderId, each]) => {
    const before = known.get(orderId) ?? NO_HOLD;
    return { orderId, before, after: each.reduce(evolveHold, before) };
  });
  return {
    changed: new Map(all.map(({ orderId, after }) => [orderId, after])),
    changes: all.flatMap(({ before, after }) => changeOf(before, after)),
  };
};
