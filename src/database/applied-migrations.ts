import { sql } from 'kysely';
import type { Migrations } from './migrations/index.ts';
import type { Db } from './open.ts';
import { statement } from './statement.ts';
import type { Tx } from './transaction.ts';

/** Where the names of the migrations are that a database has had. */
export const MIGRATION_TABLE = { schema: 'public', name: 'panier_migration' } as const;

const SINCE = /^\d{4}-since-(\d+)\.(\d+)-/;

/**
 * What a database may ask of whoever works with it, beyond going on with its tables. A need stands among the migrations, from
 * when what it is about is first made use of: there every version, also one of before there were needs, looks for what it does
 * not know, and refuses to start (ADR-071).
 */
const MET = { partitions: 'needs-partitions' } as const;

const isMet = (name: string): boolean => Object.values<string>(MET).includes(name);

const NOTE = statement(`
  insert into ${MIGRATION_TABLE.schema}.${MIGRATION_TABLE.name} (name, timestamp)
  values ($1, to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) on conflict do nothing`);

/** From now on nobody starts who does not meet the need. For the owner of the tables. */
export const noteNeed = async (tx: Tx, need: keyof typeof MET): Promise<void> => {
  await NOTE(tx, [MET[need]]);
};

/** Those that this version meets. */
export const notedNeeds = async (db: Db): Promise<readonly string[]> => (await namesIn(db)).filter(isMet);

/** In the order of their numbers. */
export const appliedMigrations = async (db: Db): Promise<readonly string[]> =>
  (await namesIn(db)).filter((name) => !isMet(name));

const namesIn = async (db: Db): Promise<readonly string[]> => {
  const table = `${MIGRATION_TABLE.schema}.${MIGRATION_TABLE.name}`;
  const { rows } = await sql<{ readonly exists: boolean }>`select to_regclass(${table}) is not null as exists`.execute(
    db,
  );
  if (rows[0]?.exists !== true) return [];
  const migrated = await sql<{ readonly name: string }>`
    select name from ${sql.table(table)} order by name collate "C"`.execute(db);
  return migrated.rows.map(({ name }) => name);
};

/** Names of migrations, and of needs, that this version does not know: a later one has been here. */
export const laterMigrations = async (db: Db, known: Migrations): Promise<readonly string[]> =>
  (await appliedMigrations(db)).filter((name) => !Object.hasOwn(known, name));

/** Names of migrations that the database has not had. */
export const lackingMigrations = async (db: Db, known: Migrations): Promise<readonly string[]> => {
  const there = new Set(await appliedMigrations(db));
  return Object.keys(known).filter((name) => !there.has(name));
};

const minorOf = (version: string): readonly [major: number, minor: number] => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return [major, minor];
};

/**
 * Whether panier of that version goes on with the tables that a migration makes. Its name says so (`0031-since-0.1-notes`),
 * for it is all that an older version ever gets to know of a later one's migration (ADR-071).
 */
export const goesOnWith = (migration: string, version: string): boolean => {
  const since = SINCE.exec(migration);
  if (since === null) return false;
  const [major, minor] = minorOf(version);
  const [sinceMajor, sinceMinor] = [Number(since[1]), Number(since[2])];
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
};
