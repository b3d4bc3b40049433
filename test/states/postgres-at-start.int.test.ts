import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ownPostgres } from '../../harness/support/own-postgres.ts';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '../../harness/support/servers.ts';
import { startPostgres } from '../../src/servers/index.ts';
import { openStores } from '../../src/startup/index.ts';
import { expectSound } from '../e2e/invariants.ts';
import { startPanier } from '../e2e/panier.ts';
import { ends, placeOrder, shelve } from '../e2e/shop.ts';
import { asOwner, migrated, nameOf, roleOn } from './owner.ts';
import { refusalOf } from './refusal-of.ts';
import { STATES } from './states.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await testRedis();
});
afterAll(() => redis[Symbol.asyncDispose]());

const encoded = async (encoding: string): Promise<TestDatabase> => {
  const database = await testDatabase();
  const name = `${nameOf(database.url)}_encoded`;
  const template = `encoding '${encoding}' locale 'C' template template0`;
  await asOwner(database.url, `create database ${name} ${template}`);
  const url = new URL(database.url);
  url.pathname = name;
  return {
    url: url.href,
    [Symbol.asyncDispose]: async () => {
      await asOwner(database.url, `drop database ${name} with (force)`);
      await database[Symbol.asyncDispose]();
    },
  };
};

const refused = (databaseUrl: string): Promise<string> => refusalOf({ databaseUrl, redisUrl: redis.url });

describe('a PostgreSQL that is not as it must be is refused at the start', () => {
  it.each(['LATIN1', 'SQL_ASCII'])('an encoding other than UTF8: %s', async (encoding) => {
    await using database = await encoded(encoding);
    expect(await refused(database.url)).toBe(STATES.encoding.start.replace('LATIN1', encoding));
  });

  it('a role without the right to create', async () => {
    await using database = await testDatabase();
    const { role, url, drop } = await roleOn(database);
    expect(await refused(url)).toBe(STATES.cannotCreate.start.replaceAll('shop', role));
    await drop();
  });

  it('a role without the right to write', async () => {
    await using database = await migrated();
    const { url, drop } = await roleOn(
      database,
      ...['public', 'write', 'saga', 'audit', 'bus', 'read', 'access', 'webhook', 'upkeep'].map(
        (schema) => `grant select on all tables in schema ${schema}`,
      ),
      'grant usage on schema write, saga, audit, bus, read, access, webhook, upkeep',
      'grant insert, update, delete on all tables in schema saga, audit, bus, read, access, webhook, upkeep',
    );
    await asOwner(
      database.url,
      'grant insert, update, delete on all tables in schema write to ' + nameOf(database.url),
    );
    await asOwner(database.url, 'revoke insert on write.journal from ' + nameOf(database.url));
    expect(await refused(url)).toBe(STATES.cannotUse.start);
    await drop();
  });

  it('an unlogged table', async () => {
    await using database = await migrated();
    await asOwner(database.url, 'alter table write.idempotency set unlogged');
    expect(await refused(database.url)).toBe(STATES.unlogged.start);
  });

  it('a session that fires no triggers', async () => {
    await using database = await testDatabase();
    await asOwner(database.url, `alter database ${nameOf(database.url)} set session_replication_role = replica`);
    expect(await refused(database.url)).toBe(STATES.replicationRole.start);
  });

  it('a short limit for transactions', async () => {
    await using database = await testDatabase();
    await asOwner(database.url, `alter database ${nameOf(database.url)} set transaction_timeout = '2s'`);
    expect(await refused(database.url)).toBe(STATES.transactionTimeout.start);
  });

  it('row security', async () => {
    await using database = await migrated();
    await asOwner(database.url, 'alter table read.cart enable row level security');
    const { url, drop } = await roleOn(
      database,
      ...['public', 'write', 'saga', 'audit', 'bus', 'read', 'access', 'webhook', 'upkeep'].flatMap((schema) => [
        `grant usage on schema ${schema}`,
        `grant all on all tables in schema ${schema}`,
      ]),
    );
    expect(await refused(url)).toBe(STATES.rowSecurity.start);
    await drop();
  });

  it('a limit of connections that is too low', async () => {
    const directory = mkdtempSync(join(inject('runDirectory'), 'few-'));
    const settings = { max_connections: '20', shared_buffers: '16MB' };
    const { url, process: postgres } = await startPostgres({ directory: join(directory, 'postgres'), settings });
    await using _ = { [Symbol.asyncDispose]: () => postgres.stop() };
    expect(await refused(url)).toBe(STATES.fewConnections.start);
  });
});

describe('tables that are no more as panier made them', () => {
  it('a table with something missing, or too much', async () => {
    await using database = await migrated();
    await asOwner(database.url, 'alter table write.journal disable trigger keep_forever');
    expect(await refused(database.url)).toBe(STATES.tablesChanged.start);
  });

  it('a table that somebody added to, without harm', async () => {
    await using database = await migrated();
    const tables = [
      'write.journal',
      'write.task',
      'saga.stock',
      'audit.event_store',
      'read.cart',
      'read."order"',
      'read.product',
    ];
    await asOwner(database.url, ...tables.map((table) => `alter table ${table} add column theirs text`));
    await asOwner(
      database.url,
      'create index theirs on read.product (name)',
      'alter index write.task_by_due rename to due',
    );
    await using panier = await startPanier({}, database);
    const productId = await shelve(panier.client(), 5);
    const orderId = await placeOrder(panier.client(), [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
    expect(await ends(panier.client(), orderId, 30_000)).toMatchObject({ status: 'CONFIRMED' });
    await expectSound(panier.db);
  });

  it('a standby', async () => {
    await using postgres = await ownPostgres();
    await postgres.stop();
    await postgres.startAsStandby();
    expect(await refused(postgres.url)).toBe(STATES.standby.start);
  }, 60_000);
});

describe('settings of others', () => {
  it('are overruled by what each session sets for itself', async () => {
    await using database = await testDatabase();
    const settings = {
      DateStyle: "'German', 'DMY'",
      TimeZone: "'Asia/Kathmandu'",
      default_transaction_isolation: "'serializable'",
      default_transaction_read_only: 'on',
      search_path: "'pg_temp'",
      statement_timeout: "'1ms'",
      lock_timeout: "'1ms'",
    };
    const alter = Object.entries(settings).map(
      ([name, value]) => `alter database ${nameOf(database.url)} set ${name} = ${value}`,
    );
    await asOwner(database.url, ...alter);
    await using stores = await openStores({ databaseUrl: database.url, redisUrl: redis.url });
    expect(stores.instance.number).toBe(1);
  });
});
