import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { migrate, openDatabase, sessionOptions } from '../../src/database/index.ts';
import { startPostgres } from '../../src/servers/index.ts';
import { openStores } from '../../src/stores.ts';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '../support/servers.ts';
import { refusalOf } from './refusal-of.ts';
import { STATES } from './states.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await testRedis();
});
afterAll(() => redis[Symbol.asyncDispose]());

const asOwner = async (url: string, ...statements: readonly string[]): Promise<void> => {
  const client = new Client(sessionOptions({ url, name: 'owner' }));
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
};

const nameOf = (url: string): string => new URL(url).pathname.slice(1);

const migrated = async (): Promise<TestDatabase> => {
  const database = await testDatabase();
  await using of = openDatabase({ url: database.url, name: 'test', maxConnections: 1 });
  await migrate(of.db);
  return database;
};

/** A role of its own beside the database; gone with it. */
const roleOn = async (database: TestDatabase, ...grants: readonly string[]) => {
  const role = nameOf(database.url);
  await asOwner(
    database.url,
    `create role ${role} login password 'test'`,
    ...grants.map((grant) => `${grant} to ${role}`),
  );
  const url = new URL(database.url);
  url.username = role;
  url.password = 'test';
  return { role, url: url.href, drop: () => asOwner(database.url, `drop owned by ${role}`, `drop role ${role}`) };
};

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
      ...['public', 'write', 'saga', 'audit', 'bus', 'read'].map(
        (schema) => `grant select on all tables in schema ${schema}`,
      ),
      'grant usage on schema write, saga, audit, bus, read',
      'grant insert, update, delete on all tables in schema saga, audit, bus, read',
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
      ...['public', 'write', 'saga', 'audit', 'bus', 'read'].flatMap((schema) => [
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
