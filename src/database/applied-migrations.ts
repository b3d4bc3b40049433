import { sql } from 'kysely';
import type { Migrations } from './migrations/index.ts';
import type { Db } from './open.ts';

/** Where the names of the migrations are that a database has had. */
export const MIGRATION_TABLE = { schema: 'public', name: 'panier_migration' } as const;

const SINCE = /^\d{4}-since-(\d+)\.(\d+)-/;

/** In the order of their numbers. */
export const appliedMigrations = async (db: Db): Promise<readonly string[]> => {
  const table = `${MIGRATION_TABLE.schema}.${MIGRATION_TABLE.name}`;
  const { rows } = await sql<{ readonly exists: boolean }>`select to_regclass(${table}) is not null as exists`.execute(
    db,
  );
  if (rows[0]?.exists !== true) return [];
  const migrated = await sql<{ readonly name: string }>`
    select name from ${sql.table(table)} order by name collate "C"`.execute(db);
  return migrated.rows.map(({ name }) => name);
};

/** Names of migrations that this version does not know: a later one has been here. */
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
