import DataLoader from 'dataloader';
import type { Audit, EventFilter, EventsAfter } from '../audit/index.ts';
import { type Positions, positionsText, type Recorded, reachedOwner } from '../events/index.ts';
import { atEndOfTurn } from '../platform/index.ts';
import type {
  Asked,
  CartView,
  ClaimedVisit,
  OrderView,
  ProductView,
  Read,
  RecordedStep,
  StatsView,
  StatsWindowName,
} from '../read/index.ts';

const MAX_BATCH = 500;

/** A stretch of the event store: at most `limit` events behind what was seen. */
export interface EventsAsked {
  readonly seen: Positions;
  readonly filter: EventFilter;
  readonly limit: number;
}

/** Steps of an order: behind a revision, from the first on at 0, and up to one, to the last without one. */
export interface StepsAsked {
  readonly orderId: string;
  readonly after: number;
  readonly upTo?: number;
}

/** Reads by id. What is asked for in one turn of the event loop, by whomever, is read with one query. */
export interface Batches {
  readonly carts: DataLoader<Asked, CartView | null, string>;
  readonly orders: DataLoader<Asked, OrderView | null, string>;
  readonly products: DataLoader<string, ProductView | null>;
  /** Who has claimed a visit; null while nobody has. */
  readonly claimedVisits: DataLoader<string, ClaimedVisit | null>;
  /** By revision. */
  readonly steps: DataLoader<StepsAsked, readonly RecordedStep[], string>;
  /** All events of an aggregate, in store order. */
  readonly histories: DataLoader<string, readonly Recorded[]>;
  /** Whoever stands at the same place of the event store, and looks for the same, reads it with all the others there. */
  readonly eventsAfter: DataLoader<EventsAsked, EventsAfter, string>;
  /** The last position of each partition of the event store, by any name. */
  readonly heads: DataLoader<'heads', Positions, string>;
  /** Whoever watches the same window reads it with all the others. */
  readonly stats: DataLoader<StatsWindowName, StatsView, string>;
}

type Load<V, Q = string> = (asked: readonly Q[]) => Promise<readonly V[]>;

const loader = <V, Q = string>(load: Load<V, Q>, keyOf: (asked: Q) => string = String): DataLoader<Q, V, string> => {
  const batches = new DataLoader<Q, V, string>(
    (all) => {
      // An answer is shared until its query begins, no longer: who asks later wants to see what changed meanwhile.
      for (const asked of all) batches.clear(asked);
      return load(all);
    },
    { maxBatchSize: MAX_BATCH, batchScheduleFn: atEndOfTurn, cacheKeyFn: keyOf },
  );
  return batches;
};

/** An answer is for those alone who reach the same. */
const owned = <V>(load: Load<V, Asked>) =>
  loader(load, ({ id, reach }) => (reach === 'Everything' ? id : `${id} ${reachedOwner(reach)}`));

const byId = <V extends { readonly id: string }>(load: Load<V>) =>
  loader<V | null>(async (ids) => {
    const found = new Map((await load(ids)).map((value) => [value.id, value]));
    return ids.map((id) => found.get(id) ?? null);
  });

const failureOf = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

/** Asks once for all who ask for the same in one turn. */
const shared = <Q, V>(load: (asked: Q) => Promise<V>, keyOf: (asked: Q) => string): DataLoader<Q, V, string> => {
  const batches = new DataLoader<Q, V, string>(
    (all) => {
      for (const asked of all) batches.clear(asked);
      return Promise.all(all.map((asked) => load(asked).catch(failureOf)));
    },
    { cacheKeyFn: keyOf, batchScheduleFn: atEndOfTurn },
  );
  return batches;
};

const stretchOf = ({ after, upTo }: StepsAsked): string => `${after} ${upTo}`;

/** One query for all orders of which the same stretch is asked for. */
const stepsBy =
  (read: Read): Load<readonly RecordedStep[], StepsAsked> =>
  async (all) => {
    const found = await Promise.all(
      [...Map.groupBy(all, stretchOf)].map(async ([stretch, asked]) => {
        const ids = asked.map(({ orderId }) => orderId);
        return [stretch, Map.groupBy(await read.steps(ids, asked[0]), ({ orderId }) => orderId)] as const;
      }),
    );
    const steps = new Map(found);
    return all.map((asked) => steps.get(stretchOf(asked))?.get(asked.orderId) ?? []);
  };

type Stored = Pick<Audit, 'histories' | 'after' | 'heads'>;

/** Holds nothing between batches, so one set of batches serves every request. */
export const createBatches = (read: Read, audit: Stored): Batches => ({
  carts: owned(read.carts),
  orders: owned(read.orders),
  products: byId(read.products),
  claimedVisits: byId(read.claimedVisits),
  steps: loader(stepsBy(read), (asked) => `${asked.orderId} ${stretchOf(asked)}`),
  histories: loader(async (aggregateIds) => {
    const histories = await audit.histories(aggregateIds);
    return aggregateIds.map((id) => histories.get(id) ?? []);
  }),
  eventsAfter: shared(
    ({ seen, filter, limit }) => audit.after(seen, filter, limit),
    ({ seen, filter, limit }) => JSON.stringify([positionsText(seen), limit, filter]),
  ),
  heads: shared((_name: 'heads') => audit.heads(), String),
  stats: shared((window: StatsWindowName) => read.stats(window), String),
});
