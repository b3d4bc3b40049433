import { type Db, statement } from '../../database/index.ts';
import type { OrderStatus } from '../../events/index.ts';
import { countIn, type Histogram, quantileOf } from './bins.ts';
import { ALL_STATUSES } from './counts.ts';
import { seriesOf } from './series.ts';
import { ENDINGS, type Ending, HAPPENINGS, type Happening } from './tables.ts';
import { type StatsWindowName, WINDOWS } from './windows.ts';

/** How long the orders took that came to this end in the window. Milliseconds, at most 4 % off. */
export interface DurationsView {
  readonly outcome: Ending;
  readonly orders: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Of all orders, and of a window of time that ends now, by the database's clock. */
export interface StatsView {
  /** Every status, with how many orders have it now. */
  readonly orders: readonly { readonly status: OrderStatus; readonly orders: number }[];
  /** When the oldest order that is not complete was checked out; null when there is none. */
  readonly oldestOpenAt: string | null;
  /** When the first bucket begins. */
  readonly from: string;
  readonly bucketSeconds: number;
  /** What happened in each bucket, the oldest first; the last one is not over. */
  readonly happened: Readonly<Record<Happening, readonly number[]>>;
  /** Of the outcomes that there were. */
  readonly durations: readonly DurationsView[];
}

interface Row {
  readonly from: Date;
  readonly counts: Readonly<Partial<Record<OrderStatus, number>>> | null;
  readonly oldest_open_at: Date | null;
  /** Series, place of the bucket, orders. */
  readonly happened: readonly (readonly [series: string, nth: number, orders: number])[] | null;
  /** Series, bin, orders. */
  readonly took: readonly (readonly [series: string, bin: number, orders: number])[] | null;
}

// One statement, so that all of it is of one moment. What is said to occur in years to come is in no window yet, and its seconds
// are more than an integer holds. The conditions of the open order are said as its index has them.
const STATS = statement<Row>(`
  select window_.from, (select json_object_agg(status, orders) from read.order_count) as counts,
    (
      select created_at from read."order" where created_at is not null and not is_complete
      order by created_at, id collate "C" limit 1
    ) as oldest_open_at,
    (
      select json_agg(json_build_array(series, extract(epoch from at - window_.from)::integer / $2::integer, orders))
      from read.order_tally where series = any($4::text[]) and at >= window_.from and at <= now()
    ) as happened,
    (
      select json_agg(json_build_array(series, bin, orders)) from (
        select series, bin, sum(orders) as orders from read.order_tally
        where series = any($5::text[])
          and at >= to_timestamp(floor(extract(epoch from window_.from) / $3::integer) * $3::integer)
          and at <= now()
        group by series, bin
      ) as summed
    ) as took
  from (
    select to_timestamp((floor(extract(epoch from now()) / $2::integer) - $1::integer + 1) * $2::integer) as from
  ) as window_`);

const bucketsOf = (found: NonNullable<Row['happened']>, series: string, length: number): readonly number[] => {
  const buckets = Array.from({ length }, () => 0);
  for (const [name, nth, orders] of found) if (name === series && nth < length) buckets[nth] = orders;
  return buckets;
};

const durationsOf = (found: NonNullable<Row['took']>, outcome: Ending, series: string): readonly DurationsView[] => {
  const histogram: Histogram = new Map(
    found.flatMap(([name, bin, orders]) => (name === series ? [[bin, orders] as const] : [])),
  );
  const orders = countIn(histogram);
  if (orders === 0) return [];
  return [{ outcome, orders, p50Ms: quantileOf(histogram, 0.5), p99Ms: quantileOf(histogram, 0.99) }];
};

export const orderStatsQueries = {
  /** Reads a bounded number of rows, however many orders there are. */
  stats: async (db: Db, window: StatsWindowName): Promise<StatsView> => {
    const { bucketSeconds, buckets, tookSeconds } = WINDOWS[window];
    const happenedIn = (happening: Happening) => seriesOf('count', happening, bucketSeconds);
    const tookIn = (outcome: Ending) => seriesOf('took', outcome, tookSeconds);
    const asked = [buckets, bucketSeconds, tookSeconds, HAPPENINGS.map(happenedIn), ENDINGS.map(tookIn)];
    const [row] = await STATS(db, asked);
    if (row === undefined) throw new Error('The statistics came without their row.');
    const { from, counts, oldest_open_at: oldest, happened, took } = row;
    const happenedTo = (happening: Happening) => bucketsOf(happened ?? [], happenedIn(happening), buckets);
    return {
      orders: ALL_STATUSES.map((status) => ({ status, orders: counts?.[status] ?? 0 })),
      oldestOpenAt: oldest?.toISOString() ?? null,
      from: from.toISOString(),
      bucketSeconds,
      happened: {
        CREATED: happenedTo('CREATED'),
        CONFIRMED: happenedTo('CONFIRMED'),
        REJECTED: happenedTo('REJECTED'),
        CANCELLED: happenedTo('CANCELLED'),
      },
      durations: ENDINGS.flatMap((outcome) => durationsOf(took ?? [], outcome, tookIn(outcome))),
    };
  },
};
