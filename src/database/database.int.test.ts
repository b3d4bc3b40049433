import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { startProxy } from '../../harness/support/tcp-proxy.ts';
import { durabilityProblems } from './check.ts';
import { takeInstanceNumber } from './instance.ts';
import { MigrationError, migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { type Database, openDatabase } from './open.ts';
import { isPassingDatabaseError, isUniqueViolation } from './passing-error.ts';

let opened: AsyncDisposableStack;
let url: string;
let database: Database;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  url = opened.use(await testDatabase()).url;
  database = opened.use(openDatabase({ url, name: 'test', maxConnections: 4 }));
});
afterAll(() => opened.disposeAsync());

const failureOf = (query: Promise<unknown>): Promise<unknown> =>
  query.then(
    () => null,
    (error: unknown) => error,
  );

describe('migrating', () => {
  it('by two processes at once, and again, brings the tables once', async () => {
    const second = opened.use(openDatabase({ url, name: 'test', maxConnections: 1 }));
    await Promise.all([migrate(database.db), migrate(second.db)]);
    await migrate(database.db);
    const { rows } = await sql`select name from public.panier_migration`.execute(database.db);
    expect(rows).toEqual(Object.keys(MIGRATIONS).map((name) => ({ name })));
  });

  it('refuses a database of a later version', async () => {
    await using later = await testDatabase();
    await using of = openDatabase({ url: later.url, name: 'test', maxConnections: 2 });
    await migrate(of.db);
    await sql`insert into public.panier_migration values ('9999-future', now()::text)`.execute(of.db);
    await expect(migrate(of.db)).rejects.toBeInstanceOf(MigrationError);
  });
});

const GROWING = ['write.journal', 'saga.journal', 'audit.event_store'];

describe('tables that only grow', () => {
  it.each(GROWING)('are frozen by what was inserted, not by what is dead: %s', async (table) => {
    await migrate(database.db);
    const { rows } = await sql<{ options: readonly string[] }>`
      select reloptions as options from pg_class where oid = ${table}::regclass`.execute(database.db);
    expect(rows[0]?.options).toEqual(
      expect.arrayContaining(['autovacuum_vacuum_insert_scale_factor=0', 'autovacuum_freeze_min_age=0']),
    );
  });

  it('find events by their time without reading all of them', async () => {
    await migrate(database.db);
    const plan = await database.db.transaction().execute(async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx);
      const { rows } = await sql<{ 'QUERY PLAN': string }>`
        explain select from audit.event_store where occurred_at >= now()`.execute(tx);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toContain('event_store_by_time');
  });
});

const addNote = async (db: Kysely<unknown>) => void (await sql`alter table write.outbox add note text`.execute(db));

const dawdle = async (db: Kysely<unknown>) => void (await sql`select pg_sleep(0.4)`.execute(db));

describe('a migration that takes long', () => {
  it('may take longer than any other statement', async () => {
    await using later = await testDatabase();
    await using of = openDatabase({ url: later.url, name: 'test', maxConnections: 1 });
    await of.pool.query('set statement_timeout = 200');
    await migrate(of.db, { ...MIGRATIONS, '9999-dawdle': { load: async () => ({ up: dawdle }) } });
    await expect(sql`select pg_sleep(0.4)`.execute(of.db)).rejects.toMatchObject({ code: '57014' });
  });
});

describe('a migration that has to wait for a table', () => {
  it('lets others write to it meanwhile, and comes through when the table is free', async () => {
    await using later = await testDatabase();
    await using of = openDatabase({ url: later.url, name: 'test', maxConnections: 4 });
    await migrate(of.db);
    const reader = await of.pool.connect();
    await reader.query('begin; set local idle_in_transaction_session_timeout = 0; select from write.outbox');
    const migrating = migrate(of.db, { ...MIGRATIONS, '9999-note': { load: async () => ({ up: addNote }) } });
    await eventually(async () => {
      const waiting = await reader.query(
        "select from pg_locks where relation = 'write.outbox'::regclass and not granted",
      );
      expect(waiting.rowCount).toBe(1);
    });
    await of.pool.query('insert into write.outbox (position) values (1)');
    await reader.query('rollback');
    reader.release();
    await migrating;
    expect((await of.pool.query('select note from write.outbox')).rows).toEqual([{ note: null }]);
  });
});

describe('the event store', () => {
  it.each(['update audit.event_store set type = type', 'delete from audit.event_store', 'truncate audit.event_store'])(
    'refuses to %s',
    async (statement) => {
      await expect(sql.raw(statement).execute(database.db)).rejects.toMatchObject({ code: '42501' });
    },
  );
});

describe('the numbers of processes', () => {
  it('are the lowest that are free, also after one has ended', async () => {
    const instances = [await takeInstanceNumber(url), await takeInstanceNumber(url), await takeInstanceNumber(url)];
    expect(instances.map(({ number }) => number)).toEqual([1, 2, 3]);
    await instances[1]?.[Symbol.asyncDispose]();
    const next = await eventually(async () => {
      const taken = await takeInstanceNumber(url);
      if (taken.number === 2) return taken;
      await taken[Symbol.asyncDispose]();
      throw new Error('the second number is not free yet');
    });
    for (const instance of [instances[0], instances[2], next]) await instance?.[Symbol.asyncDispose]();
  });
});

describe('a server that would lose what it acknowledged', () => {
  it('is told of', async () => {
    const lax = new URL(url);
    lax.searchParams.set('options', '-c synchronous_commit=off');
    await using of = openDatabase({ url: lax.href, name: 'test', maxConnections: 1 });
    const [problem] = (await durabilityProblems(of.db)).filter((text) => text.includes('synchronous_commit'));
    expect(problem).toMatch(/would lose what it has acknowledged/);
    const strict = await durabilityProblems(database.db);
    expect(strict.filter((text) => text.includes('synchronous_commit'))).toEqual([]);
  });
});

describe('an error of the database', () => {
  it.each([
    ['a session that is ended', 'select pg_terminate_backend(pg_backend_pid())', true],
    ['a statement that takes too long', 'set local statement_timeout = 1; select pg_sleep(1)', true],
    [
      'a server that takes no writes',
      'do $$ begin set local transaction_read_only = on; create table public.never (); end $$',
      true,
    ],
    [
      'a right that was taken away',
      'do $$ begin set local role pg_monitor; create table public.never (); end $$',
      true,
    ],
    ['a wrong statement', 'select no_such_column', false],
    ['a wrong value', "select 'x'::integer", false],
  ] as const)('passes or not: %s', async (_, statement, passes) => {
    expect(isPassingDatabaseError(await failureOf(database.pool.query(statement)))).toBe(passes);
  });

  it('passes when nobody listens', async () => {
    await using of = openDatabase({ url: 'postgres://127.0.0.1:1/none', name: 'test', maxConnections: 1 });
    expect(isPassingDatabaseError(await failureOf(of.pool.query('select')))).toBe(true);
  });

  it('is known as a unique violation', async () => {
    const insert = 'insert into write.outbox (position) values (1)';
    await database.pool.query(insert);
    const error = await failureOf(database.pool.query(insert));
    expect([isUniqueViolation(error), isPassingDatabaseError(error)]).toEqual([true, false]);
    expect(isUniqueViolation(new Error('no'))).toBe(false);
  });
});

const insertPublication = () =>
  sql`insert into write.publication (stream, number, positions, last_entry_id) values ('s', 1, '{1}', '0-1')`.execute(
    database.db,
  );

describe('a session', () => {
  it('that is never answered is given up, and another is opened', async () => {
    await using proxy = await startProxy(url);
    await using of = openDatabase({ url: proxy.url, name: 'test', maxConnections: 1, unansweredMs: 1_000 });
    await of.pool.query('select');
    proxy.openHole();
    const failures = await Promise.all([failureOf(of.pool.query('select')), failureOf(of.pool.query('select'))]);
    expect(failures.map(isPassingDatabaseError)).toEqual([true, true]);
    proxy.healHole();
    await eventually(() => of.pool.query('select'));
    expect(proxy.connections()).toBeGreaterThan(1);
  });

  it('that idles in a transaction does not hold its locks for ever', async () => {
    const stalled = database.db.transaction().execute(async (tx) => {
      await sql`lock table write.publication`.execute(tx);
      await insertPublication();
      await sql`select 1`.execute(tx);
    });
    expect(isPassingDatabaseError(await failureOf(stalled))).toBe(true);
  });

  it('that the server ends inside a transaction fails that transaction, and nothing else', async () => {
    const outcome = database.db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      const pid = rows[0]?.pid ?? 0;
      await sql`select pg_terminate_backend(${pid})`.execute(database.db);
      const isGone = sql<{
        gone: boolean;
      }>`select not exists (select from pg_stat_activity where pid = ${pid}) as gone`;
      await eventually(async () => expect((await isGone.execute(database.db)).rows[0]?.gone).toBe(true));
      // The server's last word arrives now, while no statement is under way.
      await new Promise((resolve) => setImmediate(resolve));
      await sql`select 1`.execute(tx);
    });
    expect(isPassingDatabaseError(await failureOf(outcome))).toBe(true);
    await sql`select 1`.execute(database.db);
  });
});
