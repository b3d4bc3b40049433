import type { Redis } from 'ioredis';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../harness/support/eventually.ts';
import { ownMs } from '../../../harness/support/own-time.ts';
import { recorded } from '../../../harness/support/recorded.ts';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '../../../harness/support/servers.ts';
import { startProxy, type TcpProxy } from '../../../harness/support/tcp-proxy.ts';
import { type Database, migrate, openDatabase } from '../../database/index.ts';
import {
  encodeEntry,
  newId,
  type Recorded,
  STREAMS,
  streamKey,
  streamKeys,
  UNPARTITIONED,
} from '../../events/index.ts';
import { openLogger, Unavailable } from '../../platform/index.ts';
import type { Consumer } from '../consumer.ts';
import { openRedis } from '../redis.ts';
import { startConsumer } from '../start-consumer.ts';
import { type ChangeableLayout, changeableLayout } from './changeable-layout.fixture.ts';

const GROUP = 'group';
const STREAM = STREAMS.orders;
const LEASE_MS = 600;
const FOUR = { partitions: 4, most: 4 };
const KEYS = streamKeys(STREAM, FOUR);

let server: TestRedis;
let postgres: TestDatabase;
let redis: Redis;
let database: Database;
let layout: ChangeableLayout;
let opened: AsyncDisposableStack;
/** Each event that was handled, by whom. */
let handled: (readonly [member: string, eventId: string])[] = [];

beforeAll(async () => {
  await using opening = new AsyncDisposableStack();
  server = opening.use(await testRedis());
  redis = openRedis(server.url);
  opening.defer(() => redis.disconnect());
  postgres = opening.use(await testDatabase());
  database = opening.use(openDatabase({ url: postgres.url, name: 'leases test', maxConnections: 4 }));
  await migrate(database.db);
  const all = opening.move();
  return () => all.disposeAsync();
});

beforeEach(async () => {
  handled = [];
  layout = changeableLayout(FOUR);
  opened = new AsyncDisposableStack();
  await redis.flushall();
});
afterEach(async () => {
  await opened.disposeAsync();
  await database.db.deleteFrom('bus.partition_reader').execute();
});

interface Member {
  readonly consumer: Consumer;
  /** Its ways to Redis and to PostgreSQL. */
  readonly ways: readonly [TcpProxy, TcpProxy];
  /** What comes to it from now on it does not finish before that. */
  readonly hold: () => PromiseWithResolvers<void>;
  /** Whether it is prevented from handling anything, which may pass. */
  readonly prevent: (isPrevented: boolean) => void;
}

interface Joining {
  readonly claimIdleMs?: number;
  readonly leaseMs?: number;
}

const join = async (name: string, { claimIdleMs = 60_000, leaseMs = LEASE_MS }: Joining = {}): Promise<Member> => {
  const ways = [opened.use(await startProxy(server.url)), opened.use(await startProxy(postgres.url))] as const;
  const { db } = opened.use(openDatabase({ url: ways[1].url, name, maxConnections: 2, unansweredMs: 300 }));
  let held = Promise.withResolvers<void>();
  held.resolve();
  let isPrevented = false;
  const prevent = (is: boolean): void => {
    isPrevented = is;
  };
  opened.defer(() => prevent(false));
  const handle = async (batch: readonly Recorded[]): Promise<void> => {
    await held.promise;
    if (isPrevented) throw new Unavailable('The read models are a later version’s.');
    handled.push(...batch.map(({ envelope }) => [name, envelope.eventId] as const));
  };
  const reading = { streams: [STREAM], group: GROUP, consumer: name, redisServer: ways[0].url };
  const limits = { claimIdleMs, maxDeliveries: 3, leasing: { layout, leaseMs, leaseDb: db } };
  const consumer = startConsumer({ ...reading, ...limits, db, handle, logger: openLogger('silent') });
  opened.use(consumer);
  const hold = (): PromiseWithResolvers<void> => {
    held = Promise.withResolvers();
    opened.defer(held.resolve);
    return held;
  };
  return { consumer, ways, hold, prevent };
};

const holders = async (): Promise<readonly string[]> => {
  const leases = database.db.selectFrom('bus.partition_lease').innerJoin('bus.partition_reader', 'id', 'reader_id');
  return (await leases.select('consumer').execute()).map(({ consumer }) => consumer);
};

/** Resolves when each of these has as many units as that. */
const spreadAs = (sizes: Readonly<Record<string, number>>) =>
  eventually(async () => {
    const counted = Map.groupBy(await holders(), (name) => name);
    const found = [...counted].map(([name, units]) => [name, units.length] as const);
    expect(Object.fromEntries(found)).toEqual(sizes);
  });

/** Adds so many events where they belong; their ids. */
const add = async (count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    const { envelope } = recorded({ type: 'OrderConfirmed', data: { orderId: newId('Order') } });
    await redis.xadd(streamKey(STREAM, envelope.aggregateId, layout.current()), '*', ...encodeEntry(envelope));
    ids.push(envelope.eventId);
  }
  return ids;
};

const pending = async (keys = KEYS): Promise<number> => {
  const each = await Promise.all(keys.map((key) => redis.xpending(key, GROUP) as Promise<[number]>));
  return each.reduce((sum, [count]) => sum + count, 0);
};

const idsHandled = (): readonly string[] => handled.map(([, eventId]) => eventId);

const untilHandled = (ids: readonly string[], withinMs?: number) =>
  eventually(() => expect(idsHandled()).toEqual(expect.arrayContaining([...ids])), withinMs);

const shut = ({ ways }: Member): void => {
  for (const way of ways) way.openHole();
};

const open = ({ ways }: Member): void => {
  for (const way of ways) way.healHole();
};

describe('members that lease partitions', () => {
  it('handle each event once, each of them what its partitions bring, and what is in the plain stream', async () => {
    await join('one');
    await join('two');
    await spreadAs({ one: 3, two: 2 }).catch(() => spreadAs({ one: 2, two: 3 }));
    const ids = await add(40);
    const { envelope } = recorded({ type: 'OrderConfirmed', data: { orderId: newId('Order') } });
    await redis.xadd(STREAM, '*', ...encodeEntry(envelope));
    await untilHandled([...ids, envelope.eventId]);
    expect(handled).toHaveLength(41);
    expect(new Set(handled.map(([member]) => member))).toEqual(new Set(['one', 'two']));
    await eventually(async () => expect(await pending()).toBe(0));
  });

  it.each([500, 1_000, 2_000])('read by leases of %i ms', async (leaseMs) => {
    await join('one', { leaseMs });
    const ids = await add(10);
    await untilHandled(ids, 2 * leaseMs + 1_000);
    expect(handled).toHaveLength(10);
  });

  it('go over to another number of partitions while they run, and lose nothing and repeat nothing', async () => {
    layout.set(UNPARTITIONED);
    await join('one');
    await join('two');
    const before = await add(10);
    await untilHandled(before);
    await eventually(async () => expect(await pending([STREAM])).toBe(0));
    layout.set(FOUR);
    const after = await add(10);
    await untilHandled(after, 2_000);
    layout.set({ partitions: 8, most: 8 });
    const last = await add(20);
    await untilHandled(last, 2_000);
    expect(idsHandled().toSorted()).toEqual([...before, ...after, ...last].toSorted());
  });

  it('take over what is pending at one that is no more, once its lease is over, and read on there', async () => {
    const dead = await join('dead');
    await spreadAs({ dead: 5 });
    dead.hold();
    const inHand = await add(10);
    await eventually(async () => expect(await pending()).toBeGreaterThan(0));
    await join('other');
    shut(dead);
    const after = await add(10);
    expect(await ownMs(() => untilHandled([...inHand, ...after]))).toBeLessThan(3 * LEASE_MS);
    await eventually(async () => expect(await pending()).toBe(0));
    open(dead);
  });

  it('get back their share when they wake', async () => {
    const frozen = await join('frozen');
    await join('other');
    await eventually(async () => expect(new Set(await holders()).size).toBe(2));
    shut(frozen);
    const meanwhile = await add(20);
    await untilHandled(meanwhile);
    open(frozen);
    await eventually(async () =>
      expect((await holders()).filter((name) => name === 'frozen').length).toBeGreaterThan(1),
    );
    const after = await add(20);
    await untilHandled(after);
    const afterwards = handled.filter(([, eventId]) => after.includes(eventId));
    expect(afterwards).toHaveLength(20);
    expect(new Set(afterwards.map(([member]) => member))).toEqual(new Set(['frozen', 'other']));
  });

  it('hand over what one reads that stops, within a second, after it has finished what it has in hand', async () => {
    const { consumer, hold } = await join('one');
    await spreadAs({ one: 5 });
    const held = hold();
    const inHand = await add(5);
    await eventually(async () => expect(await pending()).toBeGreaterThan(0));
    await join('other');
    const stopped = consumer[Symbol.asyncDispose]();
    held.resolve();
    await stopped;
    const after = await add(5);
    await untilHandled([...inHand, ...after], 1_000);
    expect(handled).toHaveLength(10);
  });

  it('leave to others what one cannot read that has no way to Redis', async () => {
    const cutOff = await join('cut off');
    await join('other');
    await eventually(async () => expect(new Set(await holders()).size).toBe(2));
    const [way] = cutOff.ways;
    // A connection that was cut off answers no more, and none can be made.
    way.leadTo('redis://127.0.0.1:1');
    way.cut();
    await spreadAs({ other: 5 });
    await untilHandled(await add(10), LEASE_MS);
    way.leadTo(server.url);
    way.cut();
    await eventually(async () => expect(new Set(await holders()).size).toBe(2));
  });

  it('leave to others what one alone is prevented from handling, and get back their share when it has passed', async () => {
    const prevented = await join('prevented', { claimIdleMs: 200 });
    await spreadAs({ prevented: 5 });
    prevented.prevent(true);
    const inHand = await add(10);
    await eventually(async () => expect(await pending()).toBeGreaterThan(0));
    await join('other');
    const after = await add(10);
    await untilHandled([...inHand, ...after]);
    expect(new Set(handled.map(([member]) => member))).toEqual(new Set(['other']));
    prevented.prevent(false);
    await eventually(async () => expect(new Set(await holders()).size).toBe(2));
  });

  it('read nothing without PostgreSQL for longer than a lease, and lose nothing', async () => {
    const one = await join('one');
    await spreadAs({ one: 5 });
    const [, way] = one.ways;
    way.openHole();
    await new Promise((resolve) => setTimeout(resolve, 1.5 * LEASE_MS));
    const ids = await add(10);
    await new Promise((resolve) => setTimeout(resolve, LEASE_MS));
    expect([handled, await pending()]).toEqual([[], 0]);
    way.healHole();
    await untilHandled(ids);
    expect(handled).toHaveLength(10);
  });
});
