import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onOneServer } from '../../harness/support/one-server.ts';
import { type TestRedis, testDatabase, testRedis } from '../../harness/support/servers.ts';
import { openRedis } from '../bus/index.ts';
import { type Db, migrate, openDatabase } from '../database/index.ts';
import { STREAMS } from '../events/index.ts';
import { DATABASE_HOMES, Unavailable } from '../platform/index.ts';
import { type Monitoring, type OwnGroup, openMonitoring } from './index.ts';

const GROUPS = [{ stream: STREAMS.carts, group: 'audit-group', role: 'audit' }] as const;
/** Nobody has read as it. */
const NEVER_READ = { stream: STREAMS.orders, group: 'audit-group', role: 'audit' } as const;

let opened: AsyncDisposableStack;
let db: Db;
let server: TestRedis;
let redis: ReturnType<typeof openRedis>;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  server = opened.use(await testRedis());
  redis = opened.adopt(openRedis(server.url), (connection) => connection.disconnect());
  const { url } = opened.use(await testDatabase());
  db = opened.use(openDatabase({ url, name: 'test', maxConnections: 4 })).db;
  await migrate(db);
  await sql`insert into write.outbox (position, queued_at)
    select nth, now() - make_interval(secs => 100 - nth) from generate_series(1, 3) as nth`.execute(db);
  await sql`insert into bus.dead_letter (consumer_group, stream, entry_id, fields, error, deliveries, state)
    select 'audit-group', ${STREAMS.carts}, nth || '-0', '[]', 'unreadable', 1, case nth when 1 then 'RETRIED' else 'OPEN' end
    from generate_series(1, 3) as nth`.execute(db);
  await redis.xgroup('CREATE', STREAMS.carts, 'audit-group', '0', 'MKSTREAM');
  await redis.xadd(STREAMS.carts, '*', 'a', 'b');
});
afterAll(() => opened.disposeAsync());

/** One that has not looked yet. */
const anew = (groups: readonly OwnGroup[] = GROUPS): Monitoring =>
  openMonitoring({
    db,
    journals: onOneServer(db),
    servers: [{ homes: DATABASE_HOMES, db }],
    redis,
    groups: () => groups,
  });

const seeing = (servers: Parameters<typeof openMonitoring>[0]['servers']): Monitoring =>
  openMonitoring({ db, journals: onOneServer(db), servers, redis, groups: () => GROUPS });

const openUnanswering = (port: number, maxConnections = 1) =>
  openDatabase({ url: `postgres://panier@127.0.0.1:${port}/panier`, name: 'test', maxConnections });

/** Takes connections, and says nothing on any. */
const openSilent = async () => {
  let connections = 0;
  const silent = createServer((socket) => {
    connections += 1;
    opened.adopt(socket, (each) => void each.destroy());
  });
  opened.adopt(silent.listen(0, '127.0.0.1'), (each) => void each.close());
  await once(silent, 'listening');
  return { port: (silent.address() as AddressInfo).port, connections: () => connections };
};

const redisCommands = async (): Promise<number> =>
  Number(/total_commands_processed:(\d+)/.exec(await redis.info('stats'))?.[1]);

describe('monitoring', () => {
  it('says how far the groups are, and how many dead letters of theirs are open', async () => {
    const groups = await anew().consumerGroups();
    const counted = { lag: 1, pending: 0, pendingSeconds: 0, deliveries: null, consumers: 0, deadLetters: 2 };
    expect(groups.map(({ behindSeconds: _grows, ...each }) => each)).toEqual([{ ...GROUPS[0], ...counted }]);
    expect(groups[0]?.behindSeconds).toBeGreaterThan(0);
  });

  it('says that all is behind of a group as which nobody has read, and that the read side is', async () => {
    const [seconds] = await redis.time();
    await redis.xadd(STREAMS.orders, `${(Number(seconds) - 500) * 1_000}-0`, 'a', 'b');
    const monitoring = anew([...GROUPS, NEVER_READ]);
    const [, unread] = await monitoring.consumerGroups();
    expect(unread).toMatchObject({ ...NEVER_READ, lag: 1, pending: null, consumers: null });
    expect(Math.round((unread?.behindSeconds ?? 0) / 100)).toBe(5);
    expect((await monitoring.backlog()).readSideSeconds).toBeCloseTo(unread?.behindSeconds ?? 0, 1);
    await redis.del(STREAMS.orders);
    expect((await anew([...GROUPS, NEVER_READ]).consumerGroups())[1]).toMatchObject({ lag: null, behindSeconds: null });
  });

  it('says what waits in the outboxes, and for how long', async () => {
    const { outboxes, readSideSeconds } = await anew().backlog();
    expect(outboxes.map(({ journal, length }) => [journal, length])).toEqual([
      ['write', 3],
      ['saga', 0],
    ]);
    expect(outboxes[1]?.oldestSeconds).toBe(0);
    expect(Math.round(outboxes[0]?.oldestSeconds ?? 0)).toBe(99);
    expect(readSideSeconds).toBe(outboxes[0]?.oldestSeconds);
  });

  it('counts an outbox no further than ten thousand', async () => {
    await sql`insert into saga.outbox (position) select * from generate_series(1, 10100)`.execute(db);
    expect((await anew().backlog()).outboxes[1]).toMatchObject({ length: 10_000 });
  });

  it('says how the servers themselves are', async () => {
    expect((await anew().redisServer()).usedBytes).toBeGreaterThan(0);
    const { databaseBytes, connections, maxConnections } = await anew().databaseServers();
    expect(databaseBytes).toBeGreaterThan(5_000_000);
    expect(connections).toBeGreaterThan(0);
    expect(connections).toBeLessThan(maxConnections);
  });

  it('says which servers of PostgreSQL answer, and how these are, while others are refused or silent', async () => {
    const { port } = await openSilent();
    const refused = opened.use(openUnanswering(1));
    const mute = opened.use(openUnanswering(port));
    const { servers, connections } = await seeing([
      { homes: ['shared', 'audit'], db },
      { homes: ['write'], db: refused.db },
      { homes: ['saga'], db: mute.db },
    ]).databaseServers();
    expect(connections).toBeGreaterThan(0);
    expect(servers).toEqual([
      { homes: ['shared', 'audit'], answers: true },
      { homes: ['write'], answers: false },
      { homes: ['saga'], answers: false },
    ]);
    await expect(seeing([{ homes: DATABASE_HOMES, db: refused.db }]).databaseServers()).rejects.toThrow(Unavailable);
  });

  it('asks a server of PostgreSQL that is silent one question at a time, however often it looks', async () => {
    const silent = await openSilent();
    const mute = opened.use(openUnanswering(silent.port, 4));
    const monitoring = seeing([
      { homes: ['shared', 'audit'], db },
      { homes: ['write', 'saga'], db: mute.db },
    ]);
    for (let round = 0; round < 3; round += 1)
      expect((await monitoring.databaseServers()).servers).toMatchObject([{ answers: true }, { answers: false }]);
    expect(silent.connections()).toBe(1);
  });

  it('looks once for all who ask within a second', async () => {
    const monitoring = anew();
    const before = await redisCommands();
    for (let round = 0; round < 20; round += 1)
      await Promise.all(Array.from({ length: 50 }, () => monitoring.consumerGroups()));
    expect((await redisCommands()) - before).toBeLessThan(30);
  });

  it('knows of the outboxes and of dead letters, and of nothing else, while Redis is away', async () => {
    await server.kill();
    const monitoring = anew();
    await expect(monitoring.consumerGroups()).rejects.toThrow(Unavailable);
    const unknown = { lag: null, pending: null, behindSeconds: null, deadLetters: 2 };
    expect(await monitoring.ownGroups()).toMatchObject([{ ...GROUPS[0], ...unknown }]);
    await expect(monitoring.redisServer()).rejects.toThrow('How Redis is cannot be seen. Redis is away.');
    expect(await monitoring.backlog()).toMatchObject({ readSideSeconds: null, outboxes: [{ length: 3 }, {}] });
  });
});
