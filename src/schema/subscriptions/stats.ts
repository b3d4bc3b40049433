import { type Clock, systemClock } from '../../platform/index.ts';
import type { StatsView } from '../../read/index.ts';
import { holders } from '../access.ts';
import type { SubscriptionFields } from '../builder.ts';
import { Stats, windowArg } from '../types/stats.ts';
import type { Pull } from './live-streams.ts';

const PAUSE_MS = 1_000;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** What the later view shows of the buckets that both have: the others went by the time alone. */
const stillShown = (happened: readonly number[], later: StatsView, from: string): number => {
  const gone = (Date.parse(later.from) - Date.parse(from)) / 1_000 / later.bucketSeconds;
  return sum(happened.slice(Math.max(0, gone)));
};

/** Whether there is more to tell than that time went by. */
const tellsMore = (newest: StatsView, shown: StatsView): boolean =>
  newest.oldestOpenAt !== shown.oldestOpenAt ||
  newest.orders.some(({ orders }, index) => orders !== shown.orders[index]?.orders) ||
  Object.entries(shown.happened).some(
    ([what, before]) =>
      stillShown(before, newest, shown.from) !== sum(newest.happened[what as keyof StatsView['happened']]),
  );

/** The statistics, and again when something happened; with a pause in between, in which whatever happens comes to one. */
export async function* statsStates(
  read: () => Promise<StatsView>,
  pull: Pull,
  clock: Clock = systemClock,
): AsyncGenerator<StatsView> {
  let shown = await pull.read(read);
  let readAtMs = clock.nowMs();
  yield shown;
  for (;;) {
    await pull.change();
    await clock.sleep(readAtMs + PAUSE_MS - clock.nowMs(), pull.signal);
    if (pull.signal.aborted) return;
    const newest = await pull.read(read);
    readAtMs = clock.nowMs();
    if (!tellsMore(newest, shown)) continue;
    shown = newest;
    yield shown;
  }
}

export const stats = (t: SubscriptionFields) =>
  t.field({
    type: Stats,
    access: holders('orders:read'),
    description:
      'The statistics as they are now, then again after changes, at most once a second: whatever happened meanwhile comes as one. While nothing happens nothing comes, though the window goes on.',
    args: windowArg,
    subscribe: (_root, { window }, { batches, live }) =>
      // Any event may be an order's: whether it changed anything is seen by what is read.
      live.open([{ kind: 'Events' }], async (pull) => statsStates(() => batches.stats.load(window), pull)),
    resolve: (state) => state,
  });
