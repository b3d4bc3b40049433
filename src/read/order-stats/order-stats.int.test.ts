import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Outcome, orderHistory, recorded } from '../../../harness/support/recorded.ts';
import { rowsReadFor } from '../../../harness/support/rows-read.ts';
import { openReadSide, type ReadSide } from '../../../test/read-side/read-side.ts';
import type { Recorded } from '../../events/index.ts';
import { orderStatsQueries } from './queries.ts';

let side: ReadSide;
beforeAll(async () => {
  side = await openReadSide();
});
afterAll(() => side[Symbol.asyncDispose]());

const clear = () =>
  sql`
    alter table audit.event_store disable trigger keep_forever;
    truncate audit.event_store, read."order", read.order_step, read.order_term, read.order_count, read.order_tally,
      read.hold, read.product, read.product_term;
    alter table audit.event_store enable trigger keep_forever`.execute(side.db);
beforeEach(clear);

const secondsAgo = (seconds: number): number => Date.now() - seconds * 1_000;

interface Life {
  readonly outcome: Outcome;
  readonly createdMs: number;
  /** Between one event and the next. */
  readonly stepMs: number;
}

/** An order's events, at times of its own. */
const lifeOf = (orderId: string, { outcome, createdMs, stepMs }: Life): readonly Recorded[] =>
  orderHistory(orderId, outcome).map(({ envelope, event }, nth) => {
    const { data: _, ...rest } = envelope;
    return recorded(event, { ...rest, occurredAt: new Date(createdMs + nth * stepMs).toISOString() });
  });

const rows = async () => {
  const counts = await sql`select status, orders from read.order_count order by 1`.execute(side.db);
  const tallies = await sql`
    select series, at, bin, orders from read.order_tally where series <> 'seen' order by 1, 2, 3`.execute(side.db);
  return { counts: counts.rows, tallies: tallies.rows };
};

const differing = async (): Promise<number> =>
  (await side.rebuild()).tables.reduce((sum, table) => sum + table.differing, 0);

const stats = (window: 'FIVE_MINUTES' | 'HOUR' | 'DAY' = 'FIVE_MINUTES') => orderStatsQueries.stats(side.db, window);
const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
const inStatus = async () =>
  Object.fromEntries(
    (await stats()).orders.filter(({ orders }) => orders > 0).map((each) => [each.status, each.orders]),
  );

const OUTCOMES: readonly Outcome[] = ['Confirmed', 'Rejected', 'Declined'];

/** Given back twice, as only damaged input has it: the earlier stands, and the order's end is another one when that comes. */
const givenBackAgain = (orderId: string, atMs: number): Recorded =>
  recorded(
    { type: 'StockCompensated', data: { orderId, lines: [{ productId: 'prod_1', quantity: 5 }] } },
    { aggregateId: orderId, version: 3, occurredAt: new Date(atMs).toISOString() },
  );

describe('the statistics', () => {
  // At the beginning of a bucket.
  const createdMs = Math.floor(secondsAgo(60) / 1_000) * 1_000;
  const events = [
    ...OUTCOMES.flatMap((outcome, nth) =>
      lifeOf(`order_${outcome}`, { outcome, createdMs: createdMs + nth * 700, stepMs: 1_100 }),
    ),
    ...lifeOf('order_open', { outcome: 'Confirmed', createdMs, stepMs: 1_100 }).slice(0, 2),
    givenBackAgain('order_Declined', createdMs + 5_000),
  ];

  const deliveries = fc
    .array(fc.constantFrom(...events), { maxLength: 6 })
    .chain((again) => fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }))
    .chain((given) => fc.array(fc.nat({ max: given.length }), { maxLength: 6 }).map((cuts) => ({ given, cuts })))
    .map(({ given, cuts }) => {
      const places = [0, ...cuts.toSorted((one, other) => one - other), given.length];
      return places.slice(1).map((end, nth) => given.slice(places[nth], end));
    });

  it('are the same for every order, repetition and division of the deliveries, and out of a rebuild', async () => {
    await side.audit().handle(events);
    const expected = await rows();
    expect(expected.counts).toContainEqual({ status: 'CANCELLED', orders: 1 });
    const property = fc.asyncProperty(deliveries, async (batches) => {
      await clear();
      for (const batch of batches) await side.audit().handle(batch);
      expect(await rows()).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 30 });
    expect(await differing()).toBe(0);
  });

  it('show each order in its status, and what happened to it in the bucket of when it occurred', async () => {
    await side.audit().handle(events);
    expect(await inStatus()).toEqual({ CONFIRMED: 1, REJECTED: 1, CANCELLED: 1, AWAITING_PAYMENT: 1 });
    const shown = await stats();
    const { from, happened } = shown;
    const bucketOf = (atMs: number) => Math.floor((atMs - Date.parse(from)) / 1_000);
    expect(happened.CREATED[bucketOf(createdMs)]).toBe(3);
    expect(happened.CONFIRMED[bucketOf(createdMs + 4 * 1_100)]).toBe(1);
    expect(happened.CANCELLED[bucketOf(createdMs + 1_400 + 4 * 1_100)]).toBe(1);
    expect([happened.CREATED, happened.CONFIRMED, happened.REJECTED, happened.CANCELLED].map(sum)).toEqual([
      4, 1, 1, 1,
    ]);
    expect(happened.CREATED).toHaveLength(300);
    expect(shown.oldestOpenAt).toBe(new Date(createdMs).toISOString());
  });

  it('show the same in each window, its buckets as long as it says', async () => {
    await side.audit().handle(events);
    for (const [window, buckets] of [
      ['FIVE_MINUTES', 300],
      ['HOUR', 360],
      ['DAY', 288],
    ] as const) {
      const askedMs = Date.now();
      const { happened, durations, bucketSeconds, from } = await stats(window);
      expect(sum(happened.CREATED)).toBe(4);
      expect(happened.CREATED).toHaveLength(buckets);
      expect(Date.parse(from) % (bucketSeconds * 1_000)).toBe(0);
      expect(askedMs - Date.parse(from)).toBeLessThan(bucketSeconds * buckets * 1_000);
      expect(durations.map(({ outcome, orders }) => [outcome, orders])).toEqual([
        ['CONFIRMED', 1],
        ['REJECTED', 1],
        ['CANCELLED', 1],
      ]);
    }
  });

  it('are told though an order says it ended in the year 9999', async () => {
    await side.audit().handle(lifeOf('order_now', { outcome: 'Declined', createdMs, stepMs: 1_100 }));
    const late = lifeOf('order_late', { outcome: 'Declined', createdMs, stepMs: 1_100 });
    const year9999 = late.map(({ envelope, event }) => {
      const { data: _, ...rest } = envelope;
      return recorded(
        event,
        event.type === 'PaymentFailed' ? { ...rest, occurredAt: '9999-12-31T23:59:59.000Z' } : rest,
      );
    });
    await side.audit().handle(year9999);
    for (const window of ['FIVE_MINUTES', 'HOUR', 'DAY'] as const) {
      const { happened, durations } = await stats(window);
      expect([sum(happened.CREATED), sum(happened.CANCELLED)]).toEqual([2, 1]);
      expect(durations).toMatchObject([{ outcome: 'CANCELLED', orders: 1 }]);
    }
    expect(await differing()).toBe(0);
  });

  it('tell how long orders took, at most 4 % off', async () => {
    const tookMs = Array.from({ length: 100 }, (_, nth) => 40 + nth * 37);
    const lives = tookMs.map((ms, nth) =>
      lifeOf(`order_${nth}`, { outcome: 'Confirmed', createdMs: secondsAgo(100), stepMs: ms / 4 }),
    );
    await side.audit().handle(lives.flat());
    const [confirmed, ...others] = (await stats()).durations;
    expect(others).toEqual([]);
    expect(confirmed).toMatchObject({ outcome: 'CONFIRMED', orders: 100 });
    const [p50, p99] = [tookMs[49] ?? 0, tookMs[98] ?? 0];
    expect(Math.abs((confirmed?.p50Ms ?? 0) - p50)).toBeLessThanOrEqual(0.04 * p50);
    expect(Math.abs((confirmed?.p99Ms ?? 0) - p99)).toBeLessThanOrEqual(0.04 * p99);
  });

  it('are nothing where there is nothing', async () => {
    const shown = await stats();
    expect(shown.orders).toHaveLength(6);
    expect(sum(shown.orders.map(({ orders }) => orders))).toBe(0);
    expect(shown.durations).toEqual([]);
    expect(shown.oldestOpenAt).toBeNull();
  });
});

/** As if so much time had gone by since then. */
const waitSeconds = (seconds: number) =>
  sql`update read.order_tally set at = at - make_interval(secs => ${seconds})`.execute(side.db);

describe('what is too old', () => {
  it('is taken out with the next change of an order', async () => {
    await side.audit().handle(lifeOf('order_1', { outcome: 'Confirmed', createdMs: secondsAgo(5), stepMs: 10 }));
    await waitSeconds(600);
    await side
      .audit()
      .handle(lifeOf('order_2', { outcome: 'Confirmed', createdMs: secondsAgo(5), stepMs: 10 }).slice(0, 1));
    const { rows: kept } = await sql<{ series: string; orders: number }>`
      select series, sum(orders)::integer as orders from read.order_tally group by series order by 1`.execute(side.db);
    expect(kept).toEqual([
      { series: 'count CONFIRMED 10', orders: 1 },
      { series: 'count CONFIRMED 300', orders: 1 },
      { series: 'count CREATED 1', orders: 1 },
      { series: 'count CREATED 10', orders: 2 },
      { series: 'count CREATED 300', orders: 2 },
      { series: 'seen', orders: 0 },
      { series: 'took CONFIRMED 120', orders: 1 },
      { series: 'took CONFIRMED 3600', orders: 1 },
    ]);
  });

  it('does not come back when it is told of late', async () => {
    const old = lifeOf('order_1', { outcome: 'Confirmed', createdMs: secondsAgo(7_200), stepMs: 10 });
    for (const event of old.toReversed()) await side.audit().handle([event]);
    const { tallies } = await rows();
    expect(tallies).toHaveLength(3);
    expect(await inStatus()).toEqual({ CONFIRMED: 1 });
    expect(await differing()).toBe(0);
  });
});

const MANY = 50_000;

const fill = async (): Promise<void> => {
  await sql`insert into read."order" (id, owner, status, revision, facts, is_complete, created_at, updated_at)
    select 'order_x' || nth, 'customer:' || nth % 1000, 'CONFIRMED', 1, '{}', nth % 5000 <> 0,
      timestamptz '2025-01-01' + make_interval(mins => nth), now()
    from generate_series(1, ${MANY}) as nth`.execute(side.db);
  await sql`insert into read.order_tally (series, at, bin, orders)
    select series, to_timestamp(floor(extract(epoch from now()) / seconds) * seconds - nth * seconds), bin, 1
    from (values ('count CREATED 1', 1, 300, 0), ('count CONFIRMED 1', 1, 300, 0), ('took CONFIRMED 10', 10, 30, 40),
      ('count CREATED 10', 10, 360, 0), ('took CONFIRMED 120', 120, 30, 40), ('took CONFIRMED 3600', 3600, 24, 40))
      as kept (series, seconds, buckets, bins)
    cross join lateral generate_series(0, buckets - 1) as nth cross join lateral generate_series(0, bins) as bin`.execute(
    side.db,
  );
  await sql`analyze read."order"; analyze read.order_tally`.execute(side.db);
};

describe('the statistics of fifty thousand orders', () => {
  it('read one order, and of the tallies those that they show', async () => {
    await fill();
    const ofOrders = await rowsReadFor(side.db, 'read."order"', (tx) => orderStatsQueries.stats(tx, 'FIVE_MINUTES'));
    expect(ofOrders.read.scanned).toBe(0);
    expect(ofOrders.read.byIndex).toBeLessThanOrEqual(1);
    const ofTallies = await rowsReadFor(side.db, 'read.order_tally', (tx) =>
      orderStatsQueries.stats(tx, 'FIVE_MINUTES'),
    );
    expect(ofTallies.read.scanned).toBe(0);
    expect(ofTallies.read.byIndex).toBeLessThan(2 * 301 + 32 * 41);
  });
});
