import { type Kysely, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../harness/support/servers.ts';
import { migrate, missingMigrations, schemaProblems } from './migrate.ts';
import { MIGRATIONS, type Migrations } from './migrations/index.ts';
import { leftBehind } from './older-processes.ts';
import { type Db, openDatabase } from './open.ts';
import { schemaDifferences } from './schema-check.ts';

/** What a later version adds, for itself and for those who know nothing of it. */
const EXPAND = `
  alter table write.task add column purpose text;
  create function public.fill_purpose() returns trigger language plpgsql as
    'begin new.purpose := coalesce(new.purpose, new.kind); return new; end';
  create trigger fill_purpose before insert or update on write.task
    for each row execute function public.fill_purpose();`;

const running = (statements: string) => ({
  load: async () => ({ up: async (db: Kysely<unknown>) => void (await sql.raw(statements).execute(db)) }),
});

const EXPANDED: Migrations = { ...MIGRATIONS, '9001-since-0.1-purpose': running(EXPAND) };
const CONTRACTED: Migrations = { ...EXPANDED, '9002-purpose-only': running('select') };

const withDatabase = async (migrations: Migrations, work: (db: Db) => Promise<void>): Promise<void> => {
  await using empty = await testDatabase();
  await using database = openDatabase({ url: empty.url, name: 'later version', maxConnections: 1 });
  await migrate(database.db, migrations);
  await work(database.db);
};

describe('tables that a later version has expanded', () => {
  it('are taken by this one as they are', () =>
    withDatabase(EXPANDED, async (db) => {
      expect(await schemaProblems(db)).toEqual([]);
      await migrate(db);
      expect(await schemaDifferences(db)).toEqual([]);
    }));

  it('are filled by this one, too', () =>
    withDatabase(EXPANDED, async (db) => {
      const { rows } = await sql`
        insert into write.task (order_id, kind, due_at, payload) values ('order_1', 'expire', now(), '{}')
        returning purpose`.execute(db);
      expect(rows).toEqual([{ purpose: 'expire' }]);
    }));

  it('are still looked at for what they lack, and for what has to be given', () =>
    withDatabase(EXPANDED, async (db) => {
      await sql`drop index write.task_by_due`.execute(db);
      await sql`alter table write.task add column note text not null`.execute(db);
      expect(await schemaDifferences(db)).toEqual([
        expect.stringContaining('An index of write.task is missing'),
        expect.stringContaining('The column write.task.note must be given a value'),
      ]);
    }));

  it('refuse a version that lacks some of its own there', () =>
    withDatabase(EXPANDED, async (db) => {
      const mine: Migrations = { ...MIGRATIONS, '9000-of-another-branch': running('select') };
      await expect(migrate(db, mine)).rejects.toThrow(
        'The database has 9001-since-0.1-purpose of another version of panier, and lacks 9000-of-another-branch of this one',
      );
    }));
});

const note = (db: Db, name: string): Promise<unknown> =>
  sql`insert into public.panier_migration values (${name}, '2026-11-30T12:00:00.000Z')`.execute(db);

describe('a database that needs more of a version than to go on with its tables', () => {
  it('refuses one that does not know what it needs', () =>
    withDatabase(MIGRATIONS, async (db) => {
      await note(db, 'needs-foresight');
      expect(await schemaProblems(db)).toEqual([expect.stringContaining('(it has needs-foresight)')]);
      await expect(migrate(db)).rejects.toThrow('a later version of panier');
    }));

  it('takes one that knows it, before and after its next migration', () =>
    withDatabase(MIGRATIONS, async (db) => {
      await note(db, 'needs-partitions');
      expect(await schemaProblems(db)).toEqual([]);
      await migrate(db);
      await migrate(db, EXPANDED);
      await migrate(db, EXPANDED);
      expect(await leftBehind(db, EXPANDED)).toEqual([]);
    }));

  it('takes one that knows it, also when it comes to need that while the other waits to begin', async () => {
    await using empty = await testDatabase();
    await using database = openDatabase({ url: empty.url, name: 'later version', maxConnections: 1 });
    await using beside = openDatabase({ url: empty.url, name: 'beside', maxConnections: 1 });
    await migrate(database.db);
    const load = async () => {
      await sql`insert into public.panier_migration values ('needs-partitions', now()) on conflict do nothing`.execute(
        beside.db,
      );
      return running('select').load();
    };
    await migrate(database.db, { ...MIGRATIONS, '9001-since-0.1-purpose': { load } });
    expect(await missingMigrations(database.db, MIGRATIONS)).toEqual([]);
  });
});

describe('tables that a later version has contracted', () => {
  it('refuse this one, and name what it does not go on with', () =>
    withDatabase(CONTRACTED, async (db) => {
      expect(await schemaProblems(db)).toEqual([expect.stringContaining('(it has 9002-purpose-only)')]);
      await expect(migrate(db)).rejects.toThrow('a later version of panier');
    }));
});

const tellOf = (db: Db, version: string, secondsAgo: number): Promise<unknown> =>
  sql`insert into bus.process (id, instance, roles, host, pid, version, started_at, beat_at)
    values (gen_random_uuid(), 3, '{saga}', 'there', 1, ${version}, now(), now() - make_interval(secs => ${secondsAgo}))`.execute(
    db,
  );

describe('a version that makes tables', () => {
  it.each(['0.1.0', '0.2.0'])('leaves nobody behind who runs and could not go on, whatever its number: %s', (version) =>
    withDatabase(MIGRATIONS, async (db) => {
      await tellOf(db, version, 2);
      expect(await leftBehind(db, CONTRACTED)).toEqual([
        `Processes of another version run (instance 3 of ${version}), and could not go on with the tables that this one makes: ` +
          'stop them first. One that was killed counts for fifteen seconds.',
      ]);
    }),
  );

  it('makes none while they run, whoever asks for it', () =>
    withDatabase(MIGRATIONS, async (db) => {
      await tellOf(db, '0.1.0', 2);
      await expect(migrate(db, CONTRACTED)).rejects.toThrow('Processes of another version run (instance 3 of 0.1.0)');
      expect(await leftBehind(db, CONTRACTED)).toHaveLength(1);
    }));

  it.each([
    { when: 'those who run go on with them', secondsAgo: 2, migrations: EXPANDED },
    { when: 'those who ran are gone', secondsAgo: 20, migrations: CONTRACTED },
    { when: 'somebody is said to run tomorrow', secondsAgo: -86_400, migrations: CONTRACTED },
    { when: 'there is nothing to make', secondsAgo: 2, migrations: MIGRATIONS },
  ])('waits for nobody when $when', ({ secondsAgo, migrations }) =>
    withDatabase(MIGRATIONS, async (db) => {
      await tellOf(db, '0.1.0', secondsAgo);
      expect(await leftBehind(db, migrations)).toEqual([]);
    }),
  );

  it('waits for nobody in an empty database', async () => {
    await using empty = await testDatabase();
    await using database = openDatabase({ url: empty.url, name: 'later version', maxConnections: 1 });
    expect(await leftBehind(database.db, CONTRACTED)).toEqual([]);
  });
});
