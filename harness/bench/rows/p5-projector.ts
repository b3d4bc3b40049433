import { AUDIT_GROUP, AUDIT_STREAMS, openAudit, rebuild } from '../../../src/audit/index.ts';
import { newId, type Recorded } from '../../../src/events/index.ts';
import { openLogger } from '../../../src/platform/index.ts';
import { announceTo, readProjections } from '../../../src/read/index.ts';
import { cartHistory, orderHistory } from '../../support/recorded.ts';
import type { Contestant } from '../measure/index.ts';
import { type OwnStore, openOwnStore, prefill, workOff } from '../stage/index.ts';

/** Events that wait on the streams when a round begins, for each second that it is to last. */
const EVENTS_A_SECOND = 10_000;
const STORED_AT_ONCE = 5_000;

/** Slowest of the orders, from one event to the next; the others are as fast as that, and faster. */
const SLOWEST_STEP_MS = 50;

/** The events as they would come now, so much apart: what is old is not counted in the statistics. */
const asOfNow = (events: readonly Recorded[], stepMs: number): readonly Recorded[] => {
  const nowMs = Date.now();
  return events.map(({ envelope, event }, nth) => {
    const occurredAt = new Date(nowMs + nth * stepMs).toISOString();
    return { envelope: { ...envelope, occurredAt }, event };
  });
};

/** So many events, or a few more: carts with five events each, that become orders with five. */
export const wholeLives = (count: number): readonly Recorded[] =>
  Array.from({ length: Math.ceil(count / 10) }, (_, nth) => {
    const orderId = newId('Order');
    const life = [...cartHistory(newId('Cart'), orderId), ...orderHistory(orderId, 'Confirmed')];
    return asOfNow(life, 1 + (nth % SLOWEST_STEP_MS));
  }).flat();

/** The consumer of the event store and the read models, on a store of one's own. */
export const auditOn = ({ database, servers }: Pick<OwnStore, 'database' | 'servers'>) =>
  openAudit({
    database,
    projections: readProjections(),
    announce: announceTo(servers.redis),
    logger: openLogger('silent'),
  });

const FOUND = `
  select (select count(*) from audit.event_store) as stored,
    (select count(*) from read.cart where version = 5 and order_id is not null) as carts,
    (select count(*) from read."order" where status = 'CONFIRMED' and revision = 5) as orders,
    (select count(*) from read.order_step) as steps`;

/** @throws unless so many events were stored, and folded */
export const verifyLives = async ({ database }: OwnStore, events: number): Promise<void> => {
  const { rows } = await database.pool.query<Record<string, string>>(FOUND);
  const found = Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]));
  const expected = { stored: events, carts: events / 10, orders: events / 10, steps: events / 2 };
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`${events} events came, but the tables hold ${JSON.stringify(found)}.`);
};

/** From the streams to the event store and the read models. */
export const openLive = async (name: string): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const store = opening.use(await openOwnStore());
  const { handle } = auditOn(store);
  let events = 0;
  const opened = opening.move();
  return {
    name,
    round: async (seconds) => {
      const lives = wholeLives(seconds * EVENTS_A_SECOND);
      await prefill(store.servers.redis, lives);
      const used = store.meter();
      const took = await workOff(store, { group: AUDIT_GROUP, streams: AUDIT_STREAMS, handle, backlog: lives.length });
      events += lives.length;
      return { operations: lives.length, seconds: took, cpuMicros: used() };
    },
    verify: () => verifyLives(store, events),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};

/** Into the event store and the read models, without the streams. */
export const fill = async (store: OwnStore, events: readonly Recorded[]): Promise<void> => {
  const { handle } = auditOn(store);
  for (let first = 0; first < events.length; first += STORED_AT_ONCE)
    await handle(events.slice(first, first + STORED_AT_ONCE));
};

/** All read models anew from an event store of `count` events; a round is one rebuild. */
export const openRebuild = async (name: string, count: number): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const store = opening.use(await openOwnStore());
  const events = wholeLives(count);
  await fill(store, events);
  let differing = 0;
  const opened = opening.move();
  return {
    name,
    round: async () => {
      const [used, startedAt] = [store.meter(), performance.now()];
      const parts = { db: store.database.db, projections: readProjections, dryRun: false, onProgress: () => {} };
      const report = await rebuild(parts);
      differing += report.tables.reduce((sum, table) => sum + table.differing, 0);
      return { operations: report.events, seconds: (performance.now() - startedAt) / 1_000, cpuMicros: used() };
    },
    verify: async () => {
      if (differing > 0) throw new Error(`${differing} rows came out of the rebuild different.`);
      await verifyLives(store, events.length);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
