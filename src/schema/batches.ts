import DataLoader from 'dataloader';
import type { CartView, OrderView, ProductView, Read, RecordedStep } from '../read/index.ts';

const MAX_BATCH = 500;

/** Reads by id. What is asked for in one turn of the event loop, by whomever, is read with one query. */
export interface Batches {
  readonly carts: DataLoader<string, CartView | null>;
  readonly orders: DataLoader<string, OrderView | null>;
  readonly products: DataLoader<string, ProductView | null>;
  /** All steps of an order, by revision. */
  readonly steps: DataLoader<string, readonly RecordedStep[]>;
}

const loader = <K, V>(load: (keys: readonly K[]) => Promise<readonly V[]>): DataLoader<K, V> =>
  // No cache: a subscription asks for the same id for hours and wants today's answer each time.
  new DataLoader<K, V>(load, { cache: false, maxBatchSize: MAX_BATCH });

const byKey = <K, V>(load: (keys: readonly K[]) => Promise<readonly V[]>, keyOf: (value: V) => K) =>
  loader<K, V | null>(async (keys) => {
    const values = await load([...new Set(keys)]);
    const found = new Map(values.map((value) => [keyOf(value), value]));
    return keys.map((key) => found.get(key) ?? null);
  });

/** Holds nothing between batches, so one set of batches serves every request. */
export const createBatches = (read: Read): Batches => ({
  carts: byKey(read.carts, ({ id }) => id),
  orders: byKey(read.orders, ({ id }) => id),
  products: byKey(read.products, ({ id }) => id),
  steps: loader(async (orderIds) => {
    const steps = Map.groupBy(await read.steps([...new Set(orderIds)]), ({ orderId }) => orderId);
    return orderIds.map((orderId) => steps.get(orderId) ?? []);
  }),
});
