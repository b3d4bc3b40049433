import type { Storage, StoredRecorded } from '../../projection/index.ts';
import { type Changed, countChanges, horizonsAt, tallyChanges } from './changes.ts';
import { ORDER_COUNT, ORDER_TALLY, SEEN } from './tables.ts';
import { bucketAt } from './windows.ts';

/** How often what is too old is taken out, at most. */
const SWEEP_SECONDS = 10;

const EPOCH = new Date(0).toISOString();

const latest = (instants: readonly string[]): string =>
  instants.reduce((last, each) => (each > last ? each : last), EPOCH);

/** The clock after these events: when the last of them was taken in, by the database's clock. It never goes back. */
const clockAfter = (known: string, events: readonly StoredRecorded[]): string =>
  latest([known, bucketAt(latest(events.map(({ recordedAt }) => recordedAt)), SWEEP_SECONDS)]);

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
    const known = latest(seen.map(({ at }) => at));
    return (orders: readonly Changed[], events: readonly StoredRecorded[]): readonly Promise<void>[] => {
      if (orders.length === 0) return [];
      const clock = clockAfter(known, events);
      const horizons = horizonsAt(clock);
      const changes = tallyChanges(orders, horizons);
      const swept = [...horizons].map(([series, at]) => ({ series, at }));
      return [
        addCounts(tx, countChanges(orders)),
        addTallies(tx, clock === known ? changes : [...changes, { series: SEEN, at: clock, bin: 0, orders: 0 }]),
        // A row of nothing would tell that something was there for a while.
        removeEmpty(
          tx,
          changes.filter((change) => change.orders < 0),
        ),
        removeBelow(tx, clock === known ? [] : swept),
      ];
    };
  };
};
