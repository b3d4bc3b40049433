import type { Recorded } from '../../events/index.ts';
import { aggregateIds, byAggregate, type StoredRecorded } from '../../projection/index.ts';
import {
  type Allocation,
  changeOf,
  concernsAllocation,
  evolveAllocation,
  NO_ALLOCATION,
  type StockDelta,
} from './allocation.ts';

type Allocations = ReadonlyMap<string, Allocation>;

/** The orders' allocations that changed, and how that changes the products' numbers, line by line. */
interface FoldedAllocations {
  readonly changed: Allocations;
  readonly changes: readonly (readonly [productId: string, delta: StockDelta])[];
}

/** The orders whose allocation a batch may change. */
export const ordersWithAllocations = (batch: readonly Recorded[]): readonly string[] =>
  aggregateIds(batch.filter(concernsAllocation), 'Order');

/** Folds new events into the orders' allocations. */
export const foldAllocations = (known: Allocations, events: readonly StoredRecorded[]): FoldedAllocations => {
  const ofOrders = byAggregate(events.filter(concernsAllocation), 'Order');
  const all = [...ofOrders].map(([orderId, each]) => {
    const before = known.get(orderId) ?? NO_ALLOCATION;
    return { orderId, before, after: each.reduce(evolveAllocation, before) };
  });
  return {
    changed: new Map(all.map(({ orderId, after }) => [orderId, after])),
    changes: all.flatMap(({ before, after }) => changeOf(before, after)),
  };
};
