import type { Redis } from 'ioredis';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { ownMs } from '../../harness/support/own-time.ts';
import { recorded } from '../../harness/support/recorded.ts';
import { blockRedis, type TestRedis, testDatabase, testRedis } from '../../harness/support/servers.ts';
import { startProxy } from '../../harness/support/tcp-proxy.ts';
import { type Database, migrate, openDatabase } from '../database/index.ts';
import { encodeEntry, newId, type Recorded, STREAMS } from '../events/index.ts';
import { openLogger, Unavailable } from '../platform/index.ts';
import type { Consumer } from './consumer.ts';
import { openRedis } from './redis.ts';
import { type ConsumerOptions, startConsumer } from './start-consumer.ts';

const GROUP = 'group';
const STREAM = STREAMS.orders;

let server: TestRedis;
let redis: Redis;
let database: Database;
let consumers: Consumer[] = [];
let handled: string[] = [];

beforeAll(async () => {
  await using opening = new AsyncDisposableStack();
  server = opening.use(await testRedis());
  redis = openRedis(server.url);
  opening.defer(() => redis.disconnect());
  const { url } = opening.use(await testDatabase());
  database = opening.use(openDatabase({ url, name: 'consumer test', maxConnections: 4 }));
  await migrate(database.db);
  const opened = opening.move();
  return () => opened.disposeAsync();
});

beforeEach(async () => {
  handled = [];
  await redis.flushall();
  await database.db.deleteFrom('bus.dead_letter').execute();
});

const stop = async () => {
  await Promise.all(consumers.map((consumer) => consumer[Symbol.asyncDispose]()));
  consumers = [];
};
afterEach(stop);

const idsOf = (batch: readonly Recorded[]) => batch.map(({ envelope }) => envelope.eventId);
const handle = async (batch: readonly Recorded[]) => void handled.push(...idsOf(batch));

const start = (given: Partial<ConsumerOptions> = {}): Consumer => {
  const logger = openLogger('silent');
  const shared = { streams: [STREAM], group: GROUP, redisServer: server.url, db: database.db, logger };
  const consumer = startConsumer({
    ...shared,
    consumer: 'me',
    handle,
    claimIdleMs: 60_000,
    maxDeliveries: 3,
    ...given,
  });
  consumers.push(consumer);
  return consumer;
};

const confirmed = () => recorded({ type: 'OrderConfirmed', data: { orderId: newId('Order') } });
const succeeded = () =>
  recorded({
    type: 'PaymentSucceeded',
    data: { orderId: newId('Order'), paymentId: newId('Payment'), amount: '1.00', currency: 'EUR' },
  });

/** Adds so many events; their ids, and those of their entries. */
const add = async (count: number, event: () => Recorded = confirmed) => {
  const events = Array.from({ length: count }, event);
  const entryIds: string[] = [];
  for (const { envelope } of events)
    entryIds.push((await redis.xadd(envelope.stream, '*', ...encodeEntry(envelope))) ?? '');
  return { eventIds: idsOf(events), entryIds };
};

/** Takes entries as a consumer that dies before it handles them. */
const takeAndDie = async (consumer: string, count: number) => {
  await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM');
  await redis.xreadgroup('GROUP', GROUP, consumer, 'COUNT', count, 'STREAMS', STREAM, '>');
};

const pending = async (stream: string = STREAM) => ((await redis.xpending(stream, GROUP)) as [number])[0];

/** What was handled, once it is so many and all of it is acknowledged. */
const settled = (count: number) =>
  eventually(async () => {
    expect(handled.length).toBeGreaterThanOrEqual(count);
    expect(await pending()).toBe(0);
    return handled;
  });

const deadLetters = () => database.db.selectFrom('bus.dead_letter').selectAll().orderBy('entry_id').execute();

describe('a consumer', () => {
  it('handles what was there before its group, and what comes, in order', async () => {
    const before = await add(3);
    start();
    expect(await settled(before.eventIds.length)).toEqual(before.eventIds);
    const after = await add(5);
    expect(await settled(before.eventIds.length + after.eventIds.length)).toEqual([
      ...before.eventIds,
      ...after.eventIds,
    ]);
  });

  it('shares the work of its group with others', async () => {
    start({ consumer: 'one' });
    start({ consumer: 'two' });
    const { eventIds } = await add(50);
    await eventually(async () => expect(await pending()).toBe(0));
    await eventually(() => expect(handled.toSorted()).toEqual(eventIds.toSorted()));
  });

  it('handles again what it was given before a crash', async () => {
    const { eventIds } = await add(3);
    await takeAndDie('me', 2);
    start();
    expect(await settled(eventIds.length)).toEqual(eventIds);
  });

  it('takes over what a dead one was given', async () => {
    const { eventIds } = await add(4);
    await takeAndDie('dead', 2);
    start({ claimIdleMs: 200 });
    // What is new comes first, unless the consumer took so long to begin that the others are idle by then.
    expect((await settled(4)).toSorted()).toEqual(eventIds.toSorted());
  });

  it('finishes the delivery in hand before it stops', async () => {
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const consumer = start({
      handle: async (batch) => {
        begun.resolve();
        await finish.promise;
        await handle(batch);
      },
    });
    const { eventIds } = await add(1);
    await begun.promise;
    const stopped = consumer[Symbol.asyncDispose]();
    finish.resolve();
    await stopped;
    expect(handled).toEqual(eventIds);
    expect(await pending()).toBe(0);
  });

  it('settles also what it has read ahead before it stops', async () => {
    const { eventIds } = await add(20);
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const consumer = start({
      deliverySize: { least: 4, most: 8 },
      handle: async (batch) => {
        begun.resolve();
        await finish.promise;
        await handle(batch);
      },
    });
    await begun.promise;
    await eventually(async () => expect(await pending()).toBe(12));
    // Redis has answered the consumer before it answered us: in a moment it has heard.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const stopped = consumer[Symbol.asyncDispose]();
    finish.resolve();
    await stopped;
    expect(handled).toEqual(eventIds.slice(0, 12));
    expect(await pending()).toBe(0);
  });

  it('works off a backlog in order', async () => {
    const { eventIds } = await add(100);
    start({ deliverySize: { least: 4, most: 16 } });
    expect(await settled(100)).toEqual(eventIds);
  });

  it('handles again what it had read ahead when it failed', async () => {
    const { eventIds } = await add(20);
    let isPoisoned = true;
    start({
      deliverySize: { least: 4, most: 8 },
      claimIdleMs: 100,
      handle: async (batch) => {
        if (isPoisoned) await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
        isPoisoned = false;
        await handle(batch);
      },
    });
    const all = await settled(20);
    expect(new Set(all)).toEqual(new Set(eventIds));
  });

  it('acknowledges nothing before its handler has returned', async () => {
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    start({
      handle: () => {
        begun.resolve();
        return finish.promise;
      },
    });
    await add(1);
    await begun.promise;
    try {
      // Many times: an acknowledgement that does not wait would arrive in the course of these.
      for (let asked = 0; asked < 50; asked += 1) expect(await pending()).toBe(1);
    } finally {
      finish.resolve();
    }
    await eventually(async () => expect(await pending()).toBe(0));
  });

  it('reads no further before it has settled what it was given', async () => {
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const first = await add(1);
    start({
      handle: async (batch) => {
        begun.resolve();
        await finish.promise;
        await handle(batch);
      },
    });
    await begun.promise;
    const after = await add(20);
    for (let look = 0; look < 20; look += 1) expect(await pending()).toBe(1);
    finish.resolve();
    expect(await settled(21)).toEqual([...first.eventIds, ...after.eventIds]);
  });

  it('stops at once while it waits for entries, and loses none', async () => {
    const consumer = start();
    await eventually(async () => expect(await redis.exists(STREAM)).toBe(1));
    expect(await ownMs(() => consumer[Symbol.asyncDispose]())).toBeLessThan(1_000);
    const { eventIds } = await add(1);
    start();
    expect(await settled(eventIds.length)).toEqual(eventIds);
  });
});

describe('a consumer of several streams', () => {
  const streams = [STREAM, STREAMS.payments];
  const batches: (readonly string[])[] = [];
  const handleTogether = async (batch: readonly Recorded[]): Promise<void> => {
    batches.push(idsOf(batch));
    await handle(batch);
  };
  beforeEach(() => batches.splice(0));

  it('handles together what waits on them, and acknowledges it on each', async () => {
    const [one, other] = [await add(2), await add(1, succeeded)];
    start({ streams, handle: handleTogether });
    await settled(3);
    expect(batches.map((batch) => batch.toSorted())).toEqual([[...one.eventIds, ...other.eventIds].toSorted()]);
    expect(await pending(STREAMS.payments)).toBe(0);
  });

  it('reads after its rest, so that what comes meanwhile is in the next delivery', async () => {
    const rested = Promise.withResolvers<void>();
    let nowMs = 0;
    const handleFor = async (batch: readonly Recorded[]) => {
      await handleTogether(batch);
      // It rests as long as it worked.
      if (batches.length === 1) nowMs += 10;
    };
    start({ streams, rests: true, handle: handleFor, clock: { nowMs: () => nowMs, sleep: () => rested.promise } });
    const first = await add(1);
    await settled(1);
    const meanwhile = [await add(1), await add(1, succeeded), await add(1)].flatMap(({ eventIds }) => eventIds);
    rested.resolve();
    await settled(4);
    expect(batches.map((batch) => batch.toSorted())).toEqual([first.eventIds, meanwhile.toSorted()]);
  });

  it('goes on with the others while one cannot be read, and takes it up when it can', async () => {
    await redis.set(STREAMS.payments, 'no stream');
    start({ streams });
    const one = await add(2);
    expect(await settled(2)).toEqual(one.eventIds);
    await redis.del(STREAMS.payments);
    const other = await add(1, succeeded);
    await eventually(() => expect(handled).toEqual([...one.eventIds, ...other.eventIds]));
  });

  it('goes on with the others when one is taken away', async () => {
    start({ streams });
    const before = [...(await add(1)).eventIds, ...(await add(1, succeeded)).eventIds];
    await settled(2);
    await redis.set(STREAMS.payments, 'no stream');
    const { eventIds } = await add(2);
    expect(new Set(await settled(4))).toEqual(new Set([...before, ...eventIds]));
  });

  it('handles again what it was given of each before a crash', async () => {
    const [one, other] = [await add(1), await add(1, succeeded)];
    for (const stream of streams) await redis.xgroup('CREATE', stream, GROUP, '0', 'MKSTREAM');
    await redis.xreadgroup('GROUP', GROUP, 'me', 'COUNT', 9, 'STREAMS', ...streams, '>', '>');
    start({ streams });
    expect(await settled(2)).toEqual([...one.eventIds, ...other.eventIds]);
  });

  it('takes over what a dead one was given of each', async () => {
    const [one, other] = [await add(1), await add(1, succeeded)];
    for (const stream of streams) await redis.xgroup('CREATE', stream, GROUP, '0', 'MKSTREAM');
    await redis.xreadgroup('GROUP', GROUP, 'dead', 'COUNT', 9, 'STREAMS', ...streams, '>', '>');
    start({ streams, claimIdleMs: 100 });
    const both = [...one.eventIds, ...other.eventIds].toSorted();
    await eventually(() => expect(handled.toSorted()).toEqual(both));
    await eventually(async () => expect(await pending(STREAMS.payments)).toBe(0));
  });
});

describe('an entry that cannot be read', () => {
  it('becomes a dead letter at once, and holds up no other', async () => {
    const before = await add(2);
    const garbage = await redis.xadd(STREAM, '*', 'event_type', 'Nonsense', 'data', 'a\0b');
    const after = await add(2);
    start();
    expect(await settled(before.eventIds.length + after.eventIds.length)).toEqual([
      ...before.eventIds,
      ...after.eventIds,
    ]);
    expect(await deadLetters()).toMatchObject([
      {
        consumer_group: GROUP,
        stream: STREAM,
        entry_id: garbage,
        fields: [
          ['event_type', 'Nonsense'],
          ['data', 'a\uFFFDb'],
        ],
        error: 'event_type: Nonsense is not in the catalogue',
        deliveries: 1,
      },
    ]);
  });

  it('that was deleted meanwhile holds up no other', async () => {
    const { eventIds, entryIds } = await add(3);
    await takeAndDie('me', 2);
    await redis.xdel(STREAM, entryIds[0] ?? '');
    start();
    expect(await settled(2)).toEqual(eventIds.slice(1));
    expect(await deadLetters()).toEqual([]);
  });

  it('that was deleted after a dead consumer took it holds up no other', async () => {
    const { eventIds, entryIds } = await add(3);
    await takeAndDie('dead', 2);
    await redis.xdel(STREAM, entryIds[0] ?? '');
    start({ claimIdleMs: 100 });
    expect((await settled(2)).toSorted()).toEqual(eventIds.slice(1).toSorted());
  });
});

describe('an entry that cannot be handled', () => {
  it('becomes a dead letter after its last delivery, while its neighbours proceed', async () => {
    const { eventIds, entryIds } = await add(5);
    let attempts = 0;
    const failing = async (batch: readonly Recorded[]) => {
      if (idsOf(batch).includes(eventIds[2] ?? '')) {
        attempts += batch.length === 1 ? 1 : 0;
        throw new Error('not this one');
      }
      await handle(batch);
    };
    start({ handle: failing, claimIdleMs: 100 });
    expect(await settled(4)).toEqual(eventIds.filter((_, index) => index !== 2));
    await eventually(async () => expect(await deadLetters()).toHaveLength(1));
    expect(await deadLetters()).toMatchObject([{ entry_id: entryIds[2], error: 'not this one', deliveries: 3 }]);
    expect(attempts).toBe(3);
  });

  it('for want of something that comes back is tried until it does', async () => {
    const { eventIds } = await add(3);
    let failures = 0;
    start({
      maxDeliveries: 1,
      handle: async (batch) => {
        failures += 1;
        if (failures < 4) throw new Unavailable('The database is away.');
        await handle(batch);
      },
    });
    expect(await settled(eventIds.length)).toEqual(eventIds);
    expect(await deadLetters()).toEqual([]);
  });
});

describe('Redis', () => {
  it('may fall silent on a connection that stays open', async () => {
    await using proxy = await startProxy(server.url);
    start({ redisServer: proxy.url, silenceTimeoutMs: 2_300, claimIdleMs: 100 });
    const before = await add(2);
    expect(await settled(2)).toEqual(before.eventIds);
    proxy.openHole();
    const after = await add(2);
    await eventually(() => expect(proxy.connections()).toBeGreaterThan(1));
    proxy.healHole();
    await eventually(() => expect(handled).toEqual(expect.arrayContaining(after.eventIds)));
    await stop();
  });

  it.each([
    ['shorter', 2_300],
    ['longer', 300],
  ])('may be blocked by a slow command, %s than the time limit', async (_what, silenceTimeoutMs) => {
    start({ silenceTimeoutMs });
    await settled(0);
    const other = openRedis(server.url);
    const slow = blockRedis(other, 500);
    const { eventIds } = await add(2);
    await slow;
    other.disconnect();
    expect(await settled(2)).toEqual(eventIds);
  });

  it('may lose everything: the group is made again, from the beginning of the stream', async () => {
    start();
    const before = await add(2);
    expect(await settled(before.eventIds.length)).toEqual(before.eventIds);
    await redis.flushall();
    const after = await add(3);
    expect(await settled(before.eventIds.length + after.eventIds.length)).toEqual([
      ...before.eventIds,
      ...after.eventIds,
    ]);
  });

  it('may go and come back', async () => {
    start();
    const before = await add(2);
    expect(await settled(before.eventIds.length)).toEqual(before.eventIds);
    await server.kill();
    await server.restart();
    await eventually(() => redis.ping());
    const after = await add(3);
    await eventually(() => expect(handled).toEqual(expect.arrayContaining(after.eventIds)));
  });

  it('may be away when consumers are told to stop', async () => {
    const members = Array.from({ length: 8 }, (_, nth) => start({ consumer: `member-${nth}` }));
    await eventually(async () => expect(await redis.xinfo('GROUPS', STREAM)).toBeDefined());
    await server.kill();
    const stopping = () => Promise.all(members.map((consumer) => consumer[Symbol.asyncDispose]()));
    expect(await ownMs(stopping)).toBeLessThan(1_000);
    await server.restart();
    await eventually(() => redis.ping());
  });
});
