import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestRedis, testDatabase, testRedis } from '../../harness/support/servers.ts';
import { adoptIdentity, type Database, databaseIdentity, homesIn, migrate, openDatabase } from '../database/index.ts';
import { STREAMS } from '../events/index.ts';
import { settleHomes } from './settle-homes.ts';
import { openStores, type ServerUrls } from './stores.ts';

let opened: AsyncDisposableStack;
let redis: TestRedis;
let shared: Database;
let apart: Database;
let urls: ServerUrls;
let withHome: ServerUrls;

const open = (url: string): Database => opened.use(openDatabase({ url, name: 'test', maxConnections: 2 }));

beforeEach(async () => {
  opened = new AsyncDisposableStack();
  redis = opened.use(await testRedis());
  const [{ url: databaseUrl }, { url: audit }] = [
    opened.use(await testDatabase({ template: 'template1' })),
    opened.use(await testDatabase({ template: 'template1' })),
  ];
  [shared, apart] = [open(databaseUrl), open(audit)];
  urls = { databaseUrl, redisUrl: redis.url };
  withHome = { ...urls, databaseHomes: { audit } };
});
afterEach(() => opened.disposeAsync());

const startOnce = async (at: ServerUrls): Promise<void> => (await openStores(at))[Symbol.asyncDispose]();

const storeAnEvent = ({ db }: Database) =>
  sql`insert into audit.event_store (event_id, type, stream, occurred_at, aggregate_type, aggregate_id, version,
      correlation_id, producer, producer_instance, schema_version, data)
    values ('event_1', 'StockAdjusted', ${STREAMS.inventory}, now(), 'Product', 'prod_1', 1, 'c', 'p', 'p-1', 1, '{}')`.execute(
    db,
  );

describe('a home on a server of its own', () => {
  it('is of the panier that it is started with, which has one seal everywhere', async () => {
    await startOnce(withHome);
    expect(await databaseIdentity(apart.db)).toEqual(await databaseIdentity(shared.db));
    expect([...(await homesIn(apart.db))]).toEqual(['audit']);
    expect(new Set(await homesIn(shared.db))).toEqual(new Set(['shared', 'write', 'saga']));
    await startOnce(withHome);
  });

  it('is never looked for where it no longer is: a URL that was forgotten is refused', async () => {
    await startOnce(withHome);
    await expect(startOnce(urls)).rejects.toThrow(
      'DATABASE_URL is not where the home audit is: it was moved to another server. Set PANIER_AUDIT_DATABASE_URL to that one.',
    );
  });

  it('does not begin empty where there are events already', async () => {
    await startOnce(urls);
    await storeAnEvent(shared);
    await expect(startOnce(withHome)).rejects.toThrow('none where PANIER_AUDIT_DATABASE_URL leads');
    expect((await homesIn(shared.db)).has('audit')).toBe(true);
    await storeAnEvent(apart);
    await startOnce(withHome);
  });

  it('does not move under a process that writes where it was', async () => {
    await startOnce(urls);
    await sql`insert into bus.process (id, instance, roles, host, pid, version, started_at, beat_at)
      values (gen_random_uuid(), 3, '{audit}', 'host', 1, '0.1.0', now(), now())`.execute(shared.db);
    await expect(startOnce(withHome)).rejects.toThrow('Processes run (instance 3 of 0.1.0)');
    await sql`delete from bus.process`.execute(shared.db);
    await startOnce(withHome);
  });

  it('is not taken from another panier', async () => {
    const [other] = [opened.use(await testRedis())];
    await openStores({ databaseUrl: withHome.databaseHomes?.audit ?? '', redisUrl: other.url }).then((stores) =>
      stores[Symbol.asyncDispose](),
    );
    await storeAnEvent(apart);
    await expect(startOnce(withHome)).rejects.toThrow(
      'PANIER_AUDIT_DATABASE_URL is the database of another panier, not of the one at DATABASE_URL',
    );
  });
});

describe('homes that are given addresses of one server', () => {
  it('are on one server', async () => {
    const { databaseUrl } = urls;
    await startOnce({ ...urls, databaseHomes: { write: `${databaseUrl}?sslmode=disable`, saga: databaseUrl } });
    expect((await homesIn(shared.db)).size).toBe(4);
  });

  it('lose none when another server takes the place of theirs meanwhile', async () => {
    await startOnce(urls);
    await migrate(apart.db);
    await adoptIdentity(apart.db, await databaseIdentity(shared.db));
    const { databaseUrl } = urls;
    const atTwoAddresses = { databaseUrl, databaseHomes: { audit: `${databaseUrl}?sslmode=disable` } };
    const ends: string[] = [];
    for (let before = 1; before < 9; before += 1) {
      let asked = 0;
      const at = () => ((asked += 1) > before ? apart : shared);
      const end = settleHomes({ urls: atTwoAddresses, at, mayOwn: true });
      ends.push(await end.then(() => 'settled', String));
    }
    expect(ends.filter((end) => end !== 'settled' && !end.includes('start this process again'))).toEqual([]);
    expect(ends).toContain('settled');
    expect([(await homesIn(shared.db)).size, (await homesIn(apart.db)).size]).toEqual([4, 4]);
  });
});
