import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { up as initial } from './migrations/0001-initial.ts';
import { up as outboxAge } from './migrations/0002-outbox-age.ts';
import type { Db } from './open.ts';

const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-initial': { up: initial },
  '0002-outbox-age': { up: outboxAge },
};
const TABLE = { schema: 'public', name: 'panier_migration' } as const;

/** The database's tables are not those of this version; `cause` tells why. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

const notMigrated = (cause: unknown): never => {
  throw new MigrationError('The database could not be brought to this version.', { cause });
};

/** Names of migrations that this version does not know: a later one has been here. */
const laterMigrations = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ readonly exists: boolean }>`
    select to_regclass(${`${TABLE.schema}.${TABLE.name}`}) is not null as exists`.execute(db);
  if (rows[0]?.exists !== true) return [];
  const migrated = (db as unknown as Kysely<{ panier_migration: { name: string } }>).withSchema(TABLE.schema);
  const names = await migrated.selectFrom(TABLE.name).select('name').orderBy('name').execute();
  return names.map(({ name }) => name).filter((name) => !Object.hasOwn(MIGRATIONS, name));
};

/** Sentences that say why this version must not touch the database's tables; none when it may. */
export const schemaProblems = async (db: Db): Promise<readonly string[]> => {
  const later = await laterMigrations(db);
  if (later.length === 0) return [];
  return [
    `The database belongs to a later version of panier (it has ${later.join(', ')}), and this one could damage it: ` +
      'start that version, or set DATABASE_URL to another database.',
  ];
};

/**
 * Brings the database to this version's tables; two processes that start together wait for each other.
 * @throws {MigrationError} when it cannot be reached, or holds a migration that this version does not know.
 */
export const migrate = async (db: Db): Promise<void> => {
  const [problem] = await schemaProblems(db).catch((cause: unknown) => notMigrated(cause));
  if (problem !== undefined) throw new MigrationError(problem);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
    migrationTableSchema: TABLE.schema,
    migrationTableName: TABLE.name,
    migrationLockTableName: 'panier_migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) notMigrated(error);
};
