import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { journaled, outboxOf, requestOn, writeJournal } from '../../harness/support/journal.ts';
import { blockRedis } from '../../harness/support/servers.ts';
import { startProxy } from '../../harness/support/tcp-proxy.ts';
import { openRedis } from '../bus/index.ts';
import { newId } from '../events/index.ts';
import { NO_MARK } from './mark.ts';
import type { OutboxSession } from './outbox.ts';
import { openPostgresOutbox } from './postgres-outbox.ts';
import { published, type RelayAtWork, relayAtWork } from './relay.fixture.ts';

let atWork: RelayAtWork;
let stack: AsyncDisposableStack;
let cart: string;
const QUICK = { silentLeaderMs: 300, unansweredMs: 300, muchUnansweredMs: 5_000 };
const NOTHING_HELD = { streams: [], aggregateIds: [] } as const;

beforeAll(async () => {
  atWork = await relayAtWork();
  return () => atWork[Symbol.asyncDispose]();
});
beforeEach(async () => {
  stack = new AsyncDisposableStack();
  cart = newId('Cart');
  await atWork.redis.flushall();
  await sql`delete from write.publication`.execute(atWork.database.db);
});
afterEach(() => stack.disposeAsync());

const append = async (count: number): Promise<readonly string[]> => {
  const request = requestOn(cart, (await journaled(atWork, cart)).length, { count });
  expect((await writeJournal(atWork).append(request)).type).toBe('Appended');
  return request.entries.map(({ envelope }) => envelope.eventId);
};

const publishedIds = async () => (await published(atWork)).map(({ envelope }) => envelope.eventId);

/** What is published, once the outbox is empty. */
const settled = () =>
  eventually(async () => {
    expect(await outboxOf(atWork)).toBe(0);
    return publishedIds();
  });

/** Keeps everybody from the outbox, until what it returns is called. */
const lockOutbox = async (): Promise<() => Promise<void>> => {
  const [locked, enough] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const busy = atWork.database.db.transaction().execute(async (tx) => {
    await sql`lock table write.outbox in access exclusive mode`.execute(tx);
    locked.resolve();
    await enough.promise;
  });
  await locked.promise;
  return async () => {
    enough.resolve();
    await busy;
  };
};

const connectBy = (url: string, commandTimeoutMs?: number) =>
  stack.adopt(openRedis(url, commandTimeoutMs), (redis) => redis.disconnect());

describe('the lead', () => {
  it('is of one session, until that ends', async () => {
    const first = stack.use(await openPostgresOutbox(atWork.url, 'write'));
    const second = stack.use(await openPostgresOutbox(atWork.url, 'write'));
    const saga = stack.use(await openPostgresOutbox(atWork.url, 'saga'));
    expect(await first.tryToLead()).toBe(true);
    expect(await second.tryToLead()).toBe(false);
    expect(await saga.tryToLead()).toBe(true);
    await first[Symbol.asyncDispose]();
    await eventually(async () => expect(await second.tryToLead()).toBe(true));
  });

  it('is taken from a leader that is frozen', async () => {
    const frozen = stack.use(await openPostgresOutbox(atWork.url, 'write', { limits: QUICK }));
    const other = stack.use(await openPostgresOutbox(atWork.url, 'write'));
    expect(await frozen.tryToLead()).toBe(true);
    await eventually(async () => expect(await other.tryToLead()).toBe(true));
    await expect(frozen.nextQueued(NOTHING_HELD)).rejects.toThrow(/terminat|idle|queryable/i);
  });
});

describe('a connection that falls silent', () => {
  it('to Redis is given up, and made again', async () => {
    const proxy = stack.use(await startProxy(atWork.server.url));
    stack.use(atWork.relay({ redis: connectBy(proxy.url, 200) }));
    const before = await append(2);
    expect(await settled()).toEqual(before);
    proxy.openHole();
    const after = await append(2);
    await eventually(() => expect(proxy.connections()).toBeGreaterThan(1));
    proxy.healHole();
    expect(new Set(await settled())).toEqual(new Set([...before, ...after]));
  });

  it('to PostgreSQL is given up, and made again', async () => {
    const proxy = stack.use(await startProxy(atWork.url));
    stack.use(atWork.relay({ databaseUrl: proxy.url, limits: QUICK }));
    const before = await append(2);
    expect(await settled()).toEqual(before);
    proxy.openHole();
    const after = await append(2);
    await eventually(() => expect(proxy.connections()).toBeGreaterThan(1));
    proxy.healHole();
    expect(new Set(await settled())).toEqual(new Set([...before, ...after]));
  });
});

describe('a PostgreSQL that falls silent', () => {
  it('is not waited for longer than ten seconds', { timeout: 20_000 }, async () => {
    const proxy = stack.use(await startProxy(atWork.url));
    const outbox = stack.use(await openPostgresOutbox(proxy.url, 'write'));
    proxy.openHole();
    const askedAt = performance.now();
    await expect(outbox.nextQueued(NOTHING_HELD)).rejects.toThrow(/timeout/i);
    expect(performance.now() - askedAt).toBeLessThan(12_000);
  });

  it('has longer for what is asked behind a restoration, and not for anything else', async () => {
    const limits = { ...QUICK, silentLeaderMs: 10_000 };
    const outbox = stack.use(await openPostgresOutbox(atWork.url, 'write', { limits }));
    const other = stack.use(await openPostgresOutbox(atWork.url, 'write', { limits }));
    const publication = { stream: 's', number: 1n, lastEntryId: '1-1', positions: ['0'] };
    const unlocked = await lockOutbox();
    const restored = outbox.restoreLost('s', NO_MARK);
    const behind = Promise.all([restored, outbox.confirm([publication]), outbox.nextQueued(NOTHING_HELD)]);
    await expect(other.nextQueued(NOTHING_HELD)).rejects.toThrow(/timeout/i);
    await unlocked();
    await expect(behind).resolves.toBeDefined();
    expect((await outbox.lastMarks()).get('s')).toEqual({ number: 1n, lastEntryId: '1-1' });
  });

  it.each([
    [
      'passes over what is held back',
      (outbox: OutboxSession) => outbox.nextQueued({ streams: ['s'], aggregateIds: [] }),
    ],
    ['restores what was lost', (outbox: OutboxSession) => outbox.restoreLost('s', NO_MARK)],
  ])('has longer for an answer that may be much: it %s', async (_what, ask) => {
    const outbox = stack.use(await openPostgresOutbox(atWork.url, 'write', { limits: QUICK }));
    const locked = Promise.withResolvers<void>();
    const busy = atWork.database.db.transaction().execute(async (tx) => {
      await sql`lock table write.outbox in access exclusive mode`.execute(tx);
      locked.resolve();
      await sql`select pg_sleep(1)`.execute(tx);
    });
    await locked.promise;
    await expect(ask(outbox)).resolves.toBeDefined();
    await busy;
  });
});

describe('a reply that is lost', () => {
  it('is not asked for again by the client itself', async () => {
    const proxy = stack.use(await startProxy(atWork.server.url));
    const redis = connectBy(proxy.url);
    await redis.ping();
    proxy.loseNextAnswer();
    await expect(redis.incr('count')).rejects.toThrow(/closed|retries/i);
    await eventually(() => redis.ping());
    expect(await atWork.redis.get('count')).toBe('1');
  });

  it('to a publication loses nothing, and keeps the order', async () => {
    const proxy = stack.use(await startProxy(atWork.server.url));
    const redis = connectBy(proxy.url);
    await redis.ping();
    const ids = await append(5);
    proxy.loseNextAnswer();
    stack.use(atWork.relay({ redis }));
    const all = await settled();
    expect(proxy.answersLost()).toBe(1);
    expect(all.slice(-5)).toEqual(ids);
    expect(new Set(all)).toEqual(new Set(ids));
  });
});

describe('a Redis that is full', () => {
  it('makes events wait, commands not, and goes on once it has room', async () => {
    stack.use(atWork.relay());
    const before = await append(2);
    expect(await settled()).toEqual(before);
    await atWork.redis.config('SET', 'maxmemory', '1');
    const after = await append(20);
    await eventually(async () => expect(await atWork.redis.info('errorstats')).toContain('errorstat_OOM'));
    expect(await outboxOf(atWork)).toBe(20);
    expect(await publishedIds()).toEqual(before);
    await atWork.redis.config('SET', 'maxmemory', '0');
    expect(await settled()).toEqual([...before, ...after]);
  });
});

describe('a slow command of somebody else', () => {
  it.each([
    ['shorter', 2_000],
    ['longer', 100],
  ])('%s than the time limit loses nothing', async (_what, commandTimeoutMs) => {
    stack.use(atWork.relay({ redis: connectBy(atWork.server.url, commandTimeoutMs) }));
    const before = await append(2);
    expect(await settled()).toEqual(before);
    const slow = blockRedis(atWork.redis, 500);
    const after = await append(2);
    await slow;
    expect(new Set(await settled())).toEqual(new Set([...before, ...after]));
  });
});
