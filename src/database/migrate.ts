import { sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { retry, systemClock, VERSION } from '../platform/index.ts';
import {
  appliedMigrations,
  goesOnWith,
  lackingMigrations,
  laterMigrations,
  MIGRATION_TABLE,
  notedNeeds,
} from './applied-migrations.ts';
import { grantPrivilegesAsOwner } from './grant-privileges.ts';
import { MIGRATIONS, type Migrations } from './migrations/index.ts';
import { leftBehind } from './older-processes.ts';
import type { Db } from './open.ts';

const LOCK_TIMEOUT_MS = 2_000;
const MAX_ATTEMPTS = 10;
const LOCK_NOT_AVAILABLE = '55P03';
const PAUSES = { firstMs: 100, maxMs: 1_000 };

/** The database's tables are not those of this version; `cause` tells why. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

const notMigrated = (cause: unknown): never => {
  throw new MigrationError('The database could not be brought to this version.', { cause });
};

/** Sentences that say why this version must not touch the database's tables; none when it may. */
export const schemaProblems = async (db: Db, known: Migrations = MIGRATIONS): Promise<readonly string[]> => {
  const later = (await laterMigrations(db, known)).filter((name) => !goesOnWith(name, VERSION));
  if (later.length === 0) return [];
  return [
    `The database belongs to a later version of panier (it has ${later.join(', ')}), and this one could damage it: ` +
      'start that version, or set DATABASE_URL to another database.',
  ];
};

/** Sentences that say what the owner has to do before this version can work with the tables; none when they are its own. */
export const missingMigrations = async (db: Db, known = MIGRATIONS): Promise<readonly string[]> => {
  const problems = await schemaProblems(db, known);
  if (problems.length > 0) return problems;
  const missing = await lackingMigrations(db, known);
  if (missing.length === 0) return [];
  return [
    `The database lacks ${missing.join(', ')}, and this process may not make tables: ` +
      'start one that has DATABASE_URL_OWNER first, or set it here, too.',
  ];
};

/**
 * Whatever waits for a table's lock holds up all who come after it: a migration that waits would stop every append. The work
 * itself takes as long as it takes.
 */
const impatient = ({ up }: Migration): Migration => ({
  up: async (db) => {
    await sql`set local statement_timeout = 0`.execute(db);
    await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT_MS)}`.execute(db);
    await up(db);
  },
});

const load = async ([name, migration]: readonly [string, Migrations[string]]): Promise<[string, Migration]> => [
  name,
  impatient(await migration.load()),
];

const NOTHING_TO_MAKE: Migration = { up: async () => {} };

/** With the needs that stand among them: the migrator counts as missing whatever was applied that it is not given. */
const loadAll = async (migrations: Migrations, needs: readonly string[]): Promise<Record<string, Migration>> =>
  Object.fromEntries([
    ...(await Promise.all(Object.entries(migrations).map(load))),
    ...needs.map((name) => [name, NOTHING_TO_MAKE] as const),
  ]);

const attemptMigrations = async (db: Db, migrations: Migrations): Promise<void> => {
  // Before: the migrator may hold the only connection.
  const needs = await notedNeeds(db);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => loadAll(migrations, needs) },
    // A need stands behind the migrations of its time, and before those to come.
    allowUnorderedMigrations: true,
    migrationTableSchema: MIGRATION_TABLE.schema,
    migrationTableName: MIGRATION_TABLE.name,
    migrationLockTableName: 'panier_migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  // A need that was noted while this one waited for its turn is one that the migrator was not given.
  const noted = await notedNeeds(db).catch(() => needs);
  if (noted.length === needs.length) notMigrated(error);
  await attemptMigrations(db, migrations);
};

const foundLocked = ({ cause }: MigrationError): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === LOCK_NOT_AVAILABLE;

/**
 * Whether a later version has made the tables, and this one goes on with them. It has nothing to add, and must not give the
 * services' roles what it knows of: what the later version gave them would be taken away. @throws {MigrationError} when it
 * lacks some of this version's
 */
const isOfLaterVersion = async (db: Db, migrations: Migrations): Promise<boolean> => {
  const later = await laterMigrations(db, migrations);
  if (later.length === 0) return false;
  const lacking = await lackingMigrations(db, migrations);
  if (lacking.length === 0) return true;
  throw new MigrationError(
    `The database has ${later.join(', ')} of another version of panier, and lacks ${lacking.join(', ')} of this one: ` +
      'start the version that has all of them.',
  );
};

/**
 * Brings the database to this version's tables; two processes that start together wait for each other.
 * @throws {MigrationError} when it cannot be reached, holds a migration that this version does not know, is in use by a version that could not go on, or is too busy.
 */
export const migrate = async (db: Db, migrations: Migrations = MIGRATIONS): Promise<void> => {
  const [problem] = await schemaProblems(db, migrations).catch((cause: unknown) => notMigrated(cause));
  if (problem !== undefined) throw new MigrationError(problem);
  if (await isOfLaterVersion(db, migrations)) return;
  // Also where somebody verifies or replays with a later version beside those that run.
  const [behind] = await leftBehind(db, migrations);
  if (behind !== undefined) throw new MigrationError(behind);
  const mayPass = (error: unknown): boolean => error instanceof MigrationError && foundLocked(error);
  await retry(() => attemptMigrations(db, migrations), {
    mayPass,
    attempts: MAX_ATTEMPTS,
    pauses: PAUSES,
    clock: systemClock,
  });
  await grantPrivilegesAsOwner(db);
};

const noPanier = async (db: Db): Promise<MigrationError> => {
  const { rows } = await sql<{ readonly name: string }>`select current_database() as name`.execute(db);
  return new MigrationError(
    `The database ${rows[0]?.name} has no tables of panier: set DATABASE_URL, or the variable of its home, to the one that ` +
      'panier uses, or start panier there first.',
  );
};

/** As {@link migrate}, for who looks at what is there: in a database that was never panier's it makes nothing. @throws {MigrationError} */
export const migrateUsed = async (db: Db): Promise<void> => {
  const applied = await appliedMigrations(db).catch((cause: unknown) => notMigrated(cause));
  if (applied.length === 0) throw await noPanier(db);
  await migrate(db);
};
