import type { SharedClock, Storage, StoredRecorded, Writers } from '../../projection/index.ts';
import { type Changed, countChanges } from './counts.ts';
import { bucketAt } from './series.ts';
import { ORDER_COUNT, ORDER_TALLY, type OrderTally, SEEN } from './tables.ts';
import { type Horizons, horizonsAt, tallyChanges } from './tallies.ts';

/** How often what is too old is taken out, at most. */
const SWEEP_MS = 10_000;

const latestMs = (instants: readonly string[]): number =>
  instants.reduce((last, each) => Math.max(last, Date.parse(each)), 0);

/** The clock after these events: when the last of them was taken in, by the database's clock. It never goes back. */
const clockAfter = (knownMs: number, events: readonly StoredRecorded[]): number =>
  Math.max(knownMs, bucketAt(latestMs(events.map(({ recordedAt }) => recordedAt)), SWEEP_MS));

type Bound = Pick<OrderTally, 'series' | 'at'>;

const boundAt = (series: string, ms: number): Bound => ({ series, at: new Date(ms).toISOString() });

/** Where what is too old ends. */
const boundsOf = (horizons: Horizons, clockMs: number): readonly Bound[] => [
  ...[...horizons].map(([{ name }, ms]) => boundAt(name, ms)),
  boundAt(SEEN, clockMs),
];

interface Asking<T> {
  readonly tx: T;
  readonly clock: SharedClock<T>;
  readonly knownMs: number;
  readonly ask: (tx: T) => Promise<number>;
}

/** How far the clock is now. Nobody else sets it from here on; nor does anybody go by it, where these events set it. */
const held = async <T>({ tx, clock, knownMs, ask }: Asking<T>, events: readonly StoredRecorded[]): Promise<number> => {
  const isLater = clockAfter(knownMs, events) > knownMs;
  const [, nowMs] = await Promise.all([clock.hold(tx, isLater ? 'Set' : 'Read'), ask(tx)]);
  return nowMs;
};

interface Concerning {
  readonly orderIds: readonly string[];
  readonly writers: Writers;
}

/**
 * Keeps the statistics of orders, which are sums over what each order adds by the set of its events: the difference between
 * what it adds now and what it added before is written. Too old is what is by the clock of the event store, which
 * is written there with each event: so a rebuild forgets the same. Of several batches at a time each goes by the clock as it
 * is when it comes to it: what another one took out for good would be there again.
 */
export const openStats = <T>(storage: Storage<T>) => {
  const [counts, tallies] = [storage.rows(ORDER_COUNT), storage.rows(ORDER_TALLY)];
  const [addCounts, addTallies] = [counts.adding(['orders']), tallies.adding(['orders'])];
  const [removeEmpty, removeBelow] = [tallies.removeEmpty('orders'), tallies.removeBelow(['series', 'at'])];
  const havingSeries = tallies.having('series');
  const ask = async (tx: T): Promise<number> => latestMs((await havingSeries(tx, [SEEN])).map(({ at }) => at));
  return async (tx: T, { orderIds, writers }: Concerning) => {
    const askedMs = orderIds.length === 0 ? 0 : await ask(tx);
    return async (orders: readonly Changed[], events: readonly StoredRecorded[]): Promise<readonly Promise<void>[]> => {
      if (orders.length === 0) return [];
      const asking = { tx, clock: storage.clock, knownMs: askedMs, ask };
      const knownMs = writers === 'One' ? askedMs : await held(asking, events);
      const clockMs = clockAfter(knownMs, events);
      const isLater = clockMs > knownMs;
      const horizons = horizonsAt(clockMs);
      const changes = tallyChanges(orders, horizons);
      return [
        addCounts(tx, countChanges(orders)),
        addTallies(tx, isLater ? [...changes, { ...boundAt(SEEN, clockMs), bin: 0, orders: 0 }] : changes),
        // A row of nothing would tell that something was there for a while.
        removeEmpty(
          tx,
          changes.filter((change) => change.orders < 0),
        ),
        removeBelow(tx, isLater ? boundsOf(horizons, clockMs) : []),
      ];
    };
  };
};
