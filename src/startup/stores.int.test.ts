import { mkdtempSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { ownMs } from '../../harness/support/own-time.ts';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '../../harness/support/servers.ts';
import { startProxy } from '../../harness/support/tcp-proxy.ts';
import { openRedis } from '../bus/index.ts';
import { type Database, migrate, openDatabase, orUnavailable } from '../database/index.ts';
import { STREAMS } from '../events/index.ts';
import { openLogger, readConfig, SIGNALS, sleep, Unavailable } from '../platform/index.ts';
import { markPlaces } from '../relay/index.ts';
import { startPostgres } from '../servers/index.ts';
import { StartupError } from './startup-error.ts';
import { openStores, type Stores } from './stores.ts';

let opened: AsyncDisposableStack;
let redis: TestRedis;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  redis = opened.use(await testRedis());
});
// Each test has a database of its own, and a Redis belongs to one.
beforeEach(async () => {
  const connection = openRedis(redis.url);
  await connection.flushall();
  connection.disconnect();
});
afterAll(() => opened.disposeAsync());

const refusalOf = async (urls: Parameters<typeof openStores>[0]): Promise<string> => {
  const error = await openStores(urls).then(
    (stores) => stores[Symbol.asyncDispose](),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StartupError);
  return error instanceof StartupError ? error.message : '';
};

const lockStock = (stores: Stores, meanwhile: () => Promise<unknown>): Promise<unknown> =>
  stores.saga.db.transaction().execute(async (tx) => {
    await sql`lock table saga.stock`.execute(tx);
    await meanwhile();
    await sql`select 1`.execute(tx);
  });

const statements = async (url: string, ...texts: readonly string[]): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const text of texts) await client.query(text);
  await client.end();
};

describe('a PostgreSQL that would lose what it has acknowledged', () => {
  it.each(['fsync', 'full_page_writes'])('is refused in a sentence: %s = off', async (setting) => {
    const directory = mkdtempSync(join(inject('runDirectory'), 'lax-'));
    const settings = { [setting]: 'off', max_connections: '20', shared_buffers: '16MB' };
    const { url, process: postgres } = await startPostgres({ directory: join(directory, 'postgres'), settings });
    await using _ = { [Symbol.asyncDispose]: () => postgres.stop() };
    expect(await refusalOf({ databaseUrl: url, redisUrl: redis.url })).toBe(
      `PostgreSQL runs with ${setting} = off, and would lose what it has acknowledged: set it to on.`,
    );
  });

  it('is refused in a sentence: synchronous_commit = off', async () => {
    await using database = await testDatabase();
    const name = new URL(database.url).pathname.slice(1);
    await statements(database.url, `alter database ${name} set synchronous_commit = off`);
    expect(await refusalOf({ databaseUrl: database.url, redisUrl: redis.url })).toBe(
      'PostgreSQL runs with synchronous_commit = off, and would lose what it has acknowledged: set it to on.',
    );
  });
});

const later = async (): Promise<TestDatabase> => {
  const database = await testDatabase();
  await using of = openDatabase({ url: database.url, name: 'test', maxConnections: 2 });
  await migrate(of.db);
  await sql`insert into public.panier_migration values ('9999-future', now()::text)`.execute(of.db);
  return database;
};

describe('a database of a later version', () => {
  it('is refused in a sentence that names what it has', async () => {
    await using database = await later();
    expect(await refusalOf({ databaseUrl: database.url, redisUrl: redis.url })).toBe(
      'The database belongs to a later version of panier (it has 9999-future), and this one could damage it: ' +
        'start that version, or set DATABASE_URL to another database.',
    );
  });
});

describe('a node of another Redis Cluster', () => {
  it('is told of in the log of the process that finds it', async () => {
    await using database = await testDatabase();
    const lines: string[] = [];
    const logger = openLogger('warn', { destination: { write: (line: string) => void lines.push(line) } });
    await using _stores = await openStores({ databaseUrl: database.url, redisUrl: redis.url, logger });
    SIGNALS.strangersFound.tell({ by: {}, nodes: ['redis-1:6379'] });
    expect(lines.join()).toContain('"nodes":["redis-1:6379"]');
  });
});

const POOLS = ['commands', 'queries', 'saga', 'audit', 'relay', 'webhooks'] as const;

const poolOf = ({ pools }: Stores, name: (typeof POOLS)[number]): Database => {
  const database = pools.get(name);
  if (database === undefined) throw new Error(`There is no pool ${name}`);
  return database;
};

describe('a pool without a free connection', () => {
  it.each(POOLS)('leaves the others theirs, and says so in time: %s', async (name) => {
    await using database = await testDatabase();
    await using stores = await openStores({ databaseUrl: database.url, redisUrl: redis.url });
    const { pool, db } = poolOf(stores, name);
    const held = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
    const others = POOLS.filter((other) => other !== name).map((other) =>
      sql`select`.execute(poolOf(stores, other).db),
    );
    expect(await Promise.all(others)).toHaveLength(5);
    const query = orUnavailable(() => sql`select`.execute(db));
    await expect(query()).rejects.toBeInstanceOf(Unavailable);
    for (const connection of held) connection.release();
    expect((await query()).rows).toHaveLength(1);
  });
});

/** How long a question goes without an answer before it has failed. */
const givenUpAfterMs = async ({ pool }: Database): Promise<number> => {
  const askedAt = performance.now();
  await expect(pool.query('select')).rejects.toThrow(/timeout/i);
  return performance.now() - askedAt;
};

describe('a PostgreSQL that falls silent', () => {
  it('is not waited for longer than ten seconds by who answers, or takes in deliveries', {
    timeout: 40_000,
  }, async () => {
    await using database = await testDatabase();
    await using proxy = await startProxy(database.url);
    await using stores = await openStores({ databaseUrl: proxy.url, redisUrl: redis.url });
    const asking = POOLS.filter((name) => name !== 'relay').map((name) => poolOf(stores, name));
    await Promise.all(asking.map(({ pool }) => pool.query('select')));
    proxy.openHole();
    for (const waitedMs of await Promise.all(asking.map(givenUpAfterMs))) expect(waitedMs).toBeLessThan(12_000);
    proxy.healHole();
  });

  it.each(POOLS)('says why itself, as long as it still answers: %s', async (name) => {
    await using database = await testDatabase();
    await using stores = await openStores({ databaseUrl: database.url, redisUrl: redis.url });
    const { pool, db } = poolOf(stores, name);
    const { rows } = await sql<{ ms: number }>`
      select setting::integer as ms from pg_settings where name = 'statement_timeout'`.execute(db);
    expect(rows[0]?.ms).toBeLessThan(pool.options.query_timeout ?? 0);
  });
});

describe('a Redis, before a relay begins', () => {
  it('is compared with its journal, and with no other, whose server may be away', async () => {
    await using database = await testDatabase();
    await using proxy = await startProxy(database.url);
    await using stores = await openStores({ databaseUrl: proxy.url, redisUrl: redis.url });
    const [of] = markPlaces([STREAMS.orders]);
    await stores.redis.relay.set(of?.key ?? '', '1:1-0:');
    proxy.openHole();
    const asked = ['saga', 'write'] as const;
    const outcomes = asked.map((journal) => stores.examineRedis(journal).then(() => journal));
    expect(await Promise.race(outcomes)).toBe('saga');
    const write = outcomes[1]?.catch(() => 'failed');
    expect(await Promise.race([write, sleep(1_000).then(() => 'waits')])).toBe('waits');
    proxy.healHole();
    await expect(write).resolves.toBe('write');
  });

  it('stays the one of another database, whatever one journal says', async () => {
    await using database = await testDatabase();
    await using stores = await openStores({ databaseUrl: database.url, redisUrl: redis.url });
    const [of] = markPlaces([STREAMS.orders]);
    await stores.redis.relay.set(of?.key ?? '', '1000:1-0:');
    await expect(stores.examineRedis('write')).rejects.toThrow('Redis is newer than the database');
    // The connection that found it is made anew.
    await eventually(() => stores.examineRedis('saga'));
    expect(stores.redisServers.relay.ownership.problem).toContain('Redis is newer than the database');
  });
});

/** A real Redis that gives another version than its own. */
const redisOfVersion = async (url: string, version: string) => {
  const target = new URL(url);
  const proxied = new URL(url);
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    client.on('data', (chunk) => upstream.write(chunk)).on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    upstream.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      client.write(
        text.replace(/redis_version:[\d.]+/, (own) => `redis_version:${version}`.padEnd(own.length)),
        'latin1',
      );
    });
    for (const socket of [client, upstream]) socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  proxied.host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return { url: proxied.href, [Symbol.dispose]: () => void server.close() };
};

describe('a Redis that would lose what nobody has read', () => {
  it('is refused in a sentence: it evicts', async () => {
    await using database = await testDatabase();
    const connection = openRedis(redis.url);
    await connection.config('SET', 'maxmemory-policy', 'allkeys-lru');
    const refusal = await refusalOf({ databaseUrl: database.url, redisUrl: redis.url });
    await connection.config('SET', 'maxmemory-policy', 'noeviction');
    connection.disconnect();
    expect(refusal).toBe(
      'Redis evicts (maxmemory-policy allkeys-lru), and would drop events that nobody has read: ' +
        'run CONFIG SET maxmemory-policy noeviction, and put it into redis.conf.',
    );
  });

  it.each(['5.0.7', '6.0.9'])('is refused in a sentence: it is too old (%s)', async (version) => {
    await using database = await testDatabase();
    using old = await redisOfVersion(redis.url, version);
    expect(await refusalOf({ databaseUrl: database.url, redisUrl: old.url })).toBe(
      `Redis ${version} is too old: it lacks XPENDING … IDLE and SET … GET, with which lost entries are found. ` +
        'Upgrade it to 6.2 or newer.',
    );
  });

  it.each(['6.2.0', '10.0.0'])('is taken when it is new enough (%s)', async (version) => {
    await using database = await testDatabase();
    using fine = await redisOfVersion(redis.url, version);
    await using stores = await openStores({ databaseUrl: database.url, redisUrl: fine.url });
    expect(stores.instance.number).toBe(1);
  });
});

describe('a process that is frozen inside a transaction', () => {
  it('loses its locks before its partitions', async () => {
    await using database = await testDatabase();
    await using stores = await openStores({ databaseUrl: database.url, redisUrl: redis.url });
    const locked = Promise.withResolvers<void>();
    const over = Promise.withResolvers<void>();
    const frozen = lockStock(stores, () => {
      locked.resolve();
      return over.promise;
    });
    await locked.promise;
    const waitedMs = await ownMs(() => lockStock(stores, async () => {}));
    over.resolve();
    await expect(frozen).rejects.toThrow(/connection|terminat/i);
    expect(waitedMs).toBeLessThan(readConfig({}).leaseMs);
  });
});
