import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { cartHistory, orderHistory, recorded } from '../../harness/support/recorded.ts';
import { type Audit, BehindEnd, openAudit } from '../../src/audit/index.ts';
import { type Positions, positionIn } from '../../src/events/index.ts';
import type { Announcement } from '../../src/projection/index.ts';
import { logger, openReadSide, type ReadSide } from './read-side.ts';

let side: ReadSide;
beforeAll(async () => {
  side = await openReadSide();
});
afterAll(() => side[Symbol.asyncDispose]());

const idsOf = (events: readonly { readonly envelope: { readonly eventId: string } }[]) =>
  events.map(({ envelope }) => envelope.eventId);

const adjusted = (version: number | null) =>
  recorded(
    { type: 'StockAdjusted', data: { productId: 'prod_x', delta: 1, reason: null } },
    { version, producer: 'warehouse' },
  );

/** An event store whose transaction has written, and commits only when it is let go. */
const stayingOpen = () => {
  const [written, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const prepare = async () => async () => {
    written.resolve();
    await goOn.promise;
    return { changed: [], written: Promise.resolve() };
  };
  const audit = openAudit({
    database: side.database,
    projections: [{ name: 'slow', version: 1, prepare }],
    announce: async () => {},
    logger,
  });
  return { audit, written: written.promise, letGo: goOn.resolve };
};

const someoneWaits = () =>
  eventually(async () => {
    const { rows } = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(side.db);
    expect(rows).toHaveLength(1);
    return 'waits';
  });

const follow = async (audit: Audit, after: Positions, count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  let seen = after;
  while (ids.length < count) {
    const { events, to } = await audit.after(seen, {}, 7);
    ids.push(...idsOf(events));
    seen = to;
  }
  return ids;
};

describe('the event store', () => {
  it('keeps a batch in its order, and each event once', async () => {
    const events = orderHistory('order_kept', 'Confirmed');
    const audit = side.audit();
    await audit.handle([...events, ...events]);
    await audit.handle(events);
    expect(idsOf(await audit.eventsOf('order_kept'))).toEqual(idsOf(events));
  });

  it('gives back the envelope as it came', async () => {
    const [event] = orderHistory('order_whole', 'Rejected');
    const audit = side.audit();
    await audit.handle(event === undefined ? [] : [event]);
    expect(await audit.eventsOf('order_whole')).toEqual([event]);
  });

  it('announces the new events of a batch, and nothing when there are none', async () => {
    const announced: Announcement[] = [];
    const audit = side.audit(async (announcement) => void announced.push(announcement));
    const before = await audit.heads();
    const events = cartHistory('cart_announced', 'order_announced');
    await audit.handle(events);
    await audit.handle(events);
    const advance = { partition: 0, after: positionIn(before, 0), position: positionIn(await audit.heads(), 0) };
    const changes = { carts: ['cart_announced'] };
    expect(announced).toEqual([{ advances: [advance], changes }]);
  });

  it('does not fail when announcing does', async () => {
    const audit = side.audit(() => Promise.reject(new Error('Redis is away')));
    await audit.handle(cartHistory('cart_unannounced'));
    expect(await audit.eventsOf('cart_unannounced')).toHaveLength(5);
  });

  it('numbers events without a version after the highest one of their producer', async () => {
    const audit = side.audit();
    const first = adjusted(null);
    await audit.handle([adjusted(7)]);
    await audit.handle([first, first, adjusted(null)]);
    await audit.handle([first, adjusted(null), adjusted(20), adjusted(null)]);
    const versions = (await audit.eventsOf('prod_x')).map(({ envelope }) => envelope.version);
    expect(versions).toEqual([7, 8, 9, 21, 20, 22]);
  });

  it('has one writer at a time: who comes second gets no position before the first has committed', async () => {
    const [slow, quick] = [stayingOpen(), side.audit()];
    const [first, second] = [orderHistory('order_first', 'Confirmed'), orderHistory('order_second', 'Confirmed')];
    const before = await quick.heads();
    const writing = slow.audit.handle(first);
    await slow.written;
    const following = quick.handle(second).then(() => 'overtakes');
    expect(await Promise.race([following, someoneWaits()])).toBe('waits');
    expect((await quick.after(before, {}, 100)).events).toEqual([]);
    slow.letGo();
    await Promise.all([writing, following]);
    expect(await follow(quick, before, 10)).toEqual(idsOf([...first, ...second]));
  });

  it('leaves nothing out for a reader that follows by position, however many write', async () => {
    const [one, other] = [side.audit(), side.audit()];
    const orders = Array.from({ length: 40 }, (_, index) => orderHistory(`order_race_${index}`, 'Confirmed'));
    const before = await side.audit().heads();
    const writing = Promise.all(orders.map((events, index) => (index % 2 === 0 ? one : other).handle(events)));
    const seen = await follow(side.audit(), before, 200);
    await writing;
    expect(new Set(seen)).toEqual(new Set(orders.flatMap(idsOf)));
    expect(seen).toHaveLength(200);
  });
});

describe('pages of events', () => {
  const filter = { correlationId: 'order_paged' };
  const events = orderHistory('order_paged', 'Declined');
  beforeAll(() => side.audit().handle(events));

  it('go forward and backward between two positions', async () => {
    const audit = side.audit();
    const first = await audit.page({ filter, first: 2 });
    expect(idsOf(first.events)).toEqual(idsOf(events.slice(0, 2)));
    expect(first).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const rest = await audit.page({ filter, first: 10, after: first.events.at(-1)?.seen });
    expect(idsOf(rest.events)).toEqual(idsOf(events.slice(2)));
    expect(rest).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const back = await audit.page({ filter, last: 2, before: rest.events[0]?.seen });
    expect(idsOf(back.events)).toEqual(idsOf(events.slice(1, 3)));
    expect(back).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
  });

  it('are not there behind more than there is: what comes at its place would be passed over', async () => {
    const audit = side.audit();
    const heads = await audit.heads();
    expect((await audit.page({ filter, first: 2, after: heads })).events).toEqual([]);
    const lost = new Map([...heads, [0, positionIn(heads, 0) + 1n]]);
    await expect(audit.page({ filter, first: 2, after: lost })).rejects.toThrow(BehindEnd);
  });

  it('keep to their filter', async () => {
    const audit = side.audit();
    const one = await audit.page({ filter: { ...filter, types: ['StockReserved', 'StockCompensated'] }, first: 10 });
    expect(one.events.map(({ envelope }) => envelope.type)).toEqual(['StockReserved', 'StockCompensated']);
    const since = events[2]?.envelope.occurredAt;
    const until = events[4]?.envelope.occurredAt;
    const two = await audit.page({ filter: { ...filter, since, until }, first: 10 });
    expect(idsOf(two.events)).toEqual(idsOf(events.slice(2, 4)));
  });

  it('are the whole history of each aggregate that is asked for', async () => {
    const audit = side.audit();
    const others = orderHistory('order_beside', 'Confirmed');
    await audit.handle(others);
    const histories = await audit.histories(['order_beside', 'order_none', 'order_paged']);
    expect(histories.size).toBe(2);
    expect(idsOf(histories.get('order_paged') ?? [])).toEqual(idsOf(events));
    expect(histories.get('order_beside')).toMatchObject(others);
  });

  it('end at an instant', async () => {
    const instant = events[1]?.envelope.occurredAt ?? '';
    expect(await side.audit().eventsOf('order_paged', { instant })).toEqual(events.slice(0, 2));
  });
});
