import DataLoader from 'dataloader';
import type { Audit } from '../audit/index.ts';
import type { Recorded } from '../events/index.ts';
import type { CartView, OrderView, ProductView, Read, RecordedStep } from '../read/index.ts';

const MAX_BATCH = 500;

/** Reads by id. What is asked for in one turn of the event loop, by whomever, is read with one query. */
export interface Batches {
  readonly carts: DataLoader<string, CartView | null>;
  readonly orders: DataLoader<string, OrderView | null>;
  readonly products: DataLoader<string, ProductView | null>;
  /** All steps of an order, by revision. */
  readonly steps: DataLoader<string, readonly RecordedStep[]>;
  /** All events of an aggregate, in store order. */
  readonly histories: DataLoader<string, readonly Recorded[]>;
}

type Load<V> = (ids: readonly string[]) => Promise<readonly V[]>;

// Left to itself, DataLoader closes a batch before the event loop comes to the next request: each would read alone.
const atEndOfTurn = (dispatch: () => void): void => void setImmediate(dispatch);

const loader = <V>(load: Load<V>): DataLoader<string, V> => {
  const batches = new DataLoader<string, V>(
    (ids) => {
      // An answer is shared until its query begins, no longer: who asks later wants to see what changed meanwhile.
      for (const id of ids) batches.clear(id);
      return load(ids);
    },
    { maxBatchSize: MAX_BATCH, batchScheduleFn: atEndOfTurn },
  );
  return batches;
};

const byId = <V extends { readonly id: string }>(load: Load<V>) =>
  loader<V | null>(async (ids) => {
    const found = new Map((await load(ids)).map((value) => [value.id, value]));
    return ids.map((id) => found.get(id) ?? null);
  });

/** Holds nothing between batches, so one set of batches serves every request. */
export const createBatches = (read: Read, audit: Pick<Audit, 'histories'>): Batches => ({
  carts: byId(read.carts),
  orders: byId(read.orders),
  products: byId(read.products),
  steps: loader(async (orderIds) => {
    const steps = Map.groupBy(await read.steps(orderIds), ({ orderId }) => orderId);
    return orderIds.map((orderId) => steps.get(orderId) ?? []);
  }),
  histories: loader(async (aggregateIds) => {
    const histories = await audit.histories(aggregateIds);
    return aggregateIds.map((id) => histories.get(id) ?? []);
  }),
});
