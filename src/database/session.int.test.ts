import { Socket } from 'node:net';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../../harness/support/servers.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open.ts';
import { sessionOptions } from './session.ts';

/** A value that would harm, for each setting that a session of panier rests on. */
const HARMFUL: Readonly<Record<string, string>> = {
  DateStyle: 'German, DMY',
  TimeZone: 'Asia/Kathmandu',
  IntervalStyle: 'sql_standard',
  extra_float_digits: '-15',
  bytea_output: 'escape',
  standard_conforming_strings: 'off',
  array_nulls: 'off',
  transform_null_equals: 'on',
  quote_all_identifiers: 'on',
  search_path: 'pg_temp',
  row_security: 'on',
  default_transaction_isolation: 'serializable',
  default_transaction_read_only: 'on',
  default_transaction_deferrable: 'on',
  statement_timeout: '1',
  lock_timeout: '1',
  idle_in_transaction_session_timeout: '1',
  idle_session_timeout: '1',
};

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

const settingsOf = async (url: string): Promise<ReadonlyMap<string, string>> => {
  const client = new Client(sessionOptions({ url, name: 'test' }));
  await client.connect();
  const { rows } = await client.query<{ name: string; setting: string }>(
    'select name, setting from pg_settings where lower(name) = any($1)',
    [Object.keys(HARMFUL).map((name) => name.toLowerCase())],
  );
  await client.end();
  return new Map(rows.map(({ name, setting }) => [name, setting]));
};

const asOwner = async (...statements: readonly string[]): Promise<void> => {
  const client = new Client(sessionOptions({ url: database.url, name: 'owner' }));
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
};

const escaped = (value: string): string => value.replaceAll(' ', '\\ ');

const literal = (value: string): string =>
  value
    .split(', ')
    .map((part) => `'${part}'`)
    .join(', ');

const withHarmfulRole = async (): Promise<{ readonly url: string; readonly drop: () => Promise<void> }> => {
  const role = new URL(database.url).pathname.slice(1);
  const settings = Object.entries(HARMFUL).map(([name, value]) => `alter role ${role} set ${name} = ${literal(value)}`);
  await asOwner(`create role ${role} login superuser password 'test'`, ...settings);
  const url = new URL(database.url);
  url.username = role;
  url.password = 'test';
  return { url: url.href, drop: () => asOwner(`drop owned by ${role} cascade`, `drop role ${role}`) };
};

describe('a session', () => {
  it('asks whether its other end is still there long before the system would', async () => {
    const socket = new Socket();
    const keepAlive = vi.spyOn(socket, 'setKeepAlive');
    const client = new Client({ ...sessionOptions({ url: database.url, name: 'test' }), stream: () => socket });
    await client.connect();
    await client.end();
    expect(keepAlive.mock.calls).toEqual([[true, 10_000]]);
  });

  it('has the same settings whatever is set on the role, on the database or in the URL', async () => {
    const plain = await settingsOf(database.url);
    const harmful = await withHarmfulRole();
    expect(await settingsOf(harmful.url)).toEqual(plain);
    await harmful.drop();
    const name = new URL(database.url).pathname.slice(1);
    await asOwner(
      ...Object.entries(HARMFUL).map(([key, value]) => `alter database ${name} set ${key} = ${literal(value)}`),
    );
    expect(await settingsOf(database.url)).toEqual(plain);
    const url = new URL(database.url);
    url.searchParams.set(
      'options',
      Object.entries(HARMFUL)
        .map(([key, value]) => `-c ${key}=${escaped(value)}`)
        .join(' '),
    );
    url.searchParams.set('statement_timeout', '1');
    url.searchParams.set('lock_timeout', '1');
    expect(await settingsOf(url.href)).toEqual(plain);
    expect(plain.size).toBe(Object.keys(HARMFUL).length);
  });

  it('keeps the other options of the URL', async () => {
    const url = new URL(database.url);
    url.searchParams.set('options', '-c work_mem=123kB');
    await using of = openDatabase({ url: url.href, name: 'test', maxConnections: 1 });
    const { rows } = await of.pool.query<{ work_mem: string }>('show work_mem');
    expect(rows).toEqual([{ work_mem: '123kB' }]);
  });

  it('migrates a database whose role sets all of them otherwise', async () => {
    await using fresh = await testDatabase();
    const harmful = await withHarmfulRole();
    const url = new URL(harmful.url);
    url.pathname = new URL(fresh.url).pathname;
    {
      await using of = openDatabase({ url: url.href, name: 'test', maxConnections: 2 });
      await expect(migrate(of.db)).resolves.toBeUndefined();
    }
    await using of = openDatabase({ url: fresh.url, name: 'test', maxConnections: 1 });
    await of.pool.query(`reassign owned by ${new URL(harmful.url).username} to current_user`);
    await harmful.drop();
  });
});
