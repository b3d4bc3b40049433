import type { OrderEvent } from '../../events/index.ts';
import { byAggregate, type StoredRecorded } from '../projection.ts';
import type { ProductRows } from '../read-store.ts';
import { changeOf, concernsHold, evolveHold, NO_HOLD, type StockDelta } from './hold.ts';

/** Folds a batch into the orders' holds; returns how that changes the products' numbers, line by line. */
export const foldHolds = async <T>(
  tx: T,
  rows: ProductRows<T>,
  batch: readonly StoredRecorded[],
): Promise<readonly (readonly [string, StockDelta])[]> => {
  const events = holdEvents(batch);
  if (events.size === 0) return [];
  const known = await rows.loadHolds(tx, [...events.keys()]);
  const folded = [...events].map(([orderId, each]) => {
    const before = known.get(orderId) ?? NO_HOLD;
    return { orderId, before, after: each.reduce(evolveHold, before) };
  });
  await rows.writeHolds(tx, new Map(folded.map(({ orderId, after }) => [orderId, after])));
  return folded.flatMap(({ before, after }) => changeOf(before, after));
};

const holdEvents = (batch: readonly StoredRecorded[]): ReadonlyMap<string, readonly StoredRecorded<OrderEvent>[]> => {
  const ofOrders = byAggregate<OrderEvent>(batch, 'Order');
  return new Map(
    [...ofOrders]
      .map(([id, events]) => [id, events.filter(concernsHold)] as const)
      .filter(([, events]) => events.length > 0),
  );
};
