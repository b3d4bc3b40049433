import type { OrderStatus } from '../../events/index.ts';
import { type Countable, happenedTo, talliesOf, without } from './happened.ts';
import { HAPPENINGS, type OrderCount, type OrderTally, SEEN, seriesOf } from './tables.ts';
import { BUCKETS, bucketAt, TOOK_BUCKETS } from './windows.ts';

/** An order, as it was known before and as it is now. */
export interface Changed {
  readonly before: Countable | undefined;
  readonly after: Countable;
}

const STATUSES: Readonly<Record<OrderStatus, true>> = {
  PENDING: true,
  AWAITING_PAYMENT: true,
  CONFIRMED: true,
  REJECTED: true,
  COMPENSATING: true,
  CANCELLED: true,
};
export const ALL_STATUSES = Object.keys(STATUSES) as readonly OrderStatus[];

const statusOf = (order: Countable | undefined): OrderStatus | null =>
  order === undefined || order.facts.created === null ? null : order.status;

/**
 * What to add to the number of orders in each status: nothing, or a row for each status. A status that orders only pass
 * through would else have a row or none by how their events were divided into batches.
 */
export const countChanges = (orders: readonly Changed[]): readonly OrderCount[] => {
  const sums = new Map<OrderStatus, number>();
  const add = (status: OrderStatus | null, more: number): void => {
    if (status !== null) sums.set(status, (sums.get(status) ?? 0) + more);
  };
  for (const { before, after } of orders) {
    add(statusOf(before), -1);
    add(statusOf(after), 1);
  }
  if ([...sums.values()].every((sum) => sum === 0)) return [];
  return ALL_STATUSES.map((status) => ({ status, orders: sums.get(status) ?? 0 }));
};

const changesOf = ({ before, after }: Changed): readonly OrderTally[] => {
  const [then, now] = [before === undefined ? [] : happenedTo(before), happenedTo(after)];
  return [
    ...without(then, now).flatMap((each) => talliesOf(each, -1)),
    ...without(now, then).flatMap((each) => talliesOf(each, 1)),
  ];
};

/** Each bucket once, without those that nothing is added to in the end. */
const summed = (tallies: readonly OrderTally[]): readonly OrderTally[] => {
  const sums = new Map<string, OrderTally>();
  for (const tally of tallies) {
    const key = `${tally.series} ${tally.at} ${tally.bin}`;
    sums.set(key, { ...tally, orders: tally.orders + (sums.get(key)?.orders ?? 0) });
  }
  return [...sums.values()].filter(({ orders }) => orders !== 0);
};

/** Where each series begins that is kept, by a clock. */
export type Horizons = ReadonlyMap<string, string>;

const KEPT_SERIES = HAPPENINGS.flatMap((happening) => [
  ...BUCKETS.map((kept) => ({ ...kept, series: seriesOf('count', happening, kept.seconds) })),
  ...(happening === 'CREATED' ? [] : TOOK_BUCKETS).map((kept) => ({
    ...kept,
    series: seriesOf('took', happening, kept.seconds),
  })),
]);

export const horizonsAt = (clock: string): Horizons =>
  new Map([
    ...KEPT_SERIES.map(({ series, seconds, keptSeconds }) => {
      const oldest = new Date(Date.parse(clock) - keptSeconds * 1_000).toISOString();
      return [series, bucketAt(oldest, seconds)] as const;
    }),
    [SEEN, clock],
  ]);

/** What to add to the buckets that are kept. One that is too old was taken out, or will never be there. */
export const tallyChanges = (orders: readonly Changed[], horizons: Horizons): readonly OrderTally[] =>
  summed(orders.flatMap(changesOf)).filter(({ series, at }) => at >= (horizons.get(series) ?? at));
