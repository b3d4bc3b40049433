import type { Storage, StoredRecorded } from '../../projection/index.ts';
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

/**
 * Keeps the statistics of orders, which are sums over what each order adds by the set of its events: the difference between
 * what it adds now and what it added before is written. Too old is what is by the clock of the event store, which
 * is written there with each event: so a rebuild forgets the same.
 */
export const openStats = <T>(storage: Storage<T>) => {
  const [counts, tallies] = [storage.rows(ORDER_COUNT), storage.rows(ORDER_TALLY)];
  const [addCounts, addTallies] = [counts.adding(['orders']), tallies.adding(['orders'])];
  const [removeEmpty, removeBelow] = [tallies.removeEmpty('orders'), tallies.removeBelow(['series', 'at'])];
  const havingSeries = tallies.having('series');
  return async (tx: T, orderIds: readonly string[]) => {
    const seen = orderIds.length === 0 ? [] : await havingSeries(tx, [SEEN]);
    const knownMs = latestMs(seen.map(({ at }) => at));
    return (orders: readonly Changed[], events: readonly StoredRecorded[]): readonly Promise<void>[] => {
      if (orders.length === 0) return [];
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
