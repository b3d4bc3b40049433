import { type Migration, Migrator } from 'kysely/migration';
import { up as initial } from './migrations/0001-initial.ts';
import type { Db } from './open.ts';

const MIGRATIONS: Readonly<Record<string, Migration>> = { '0001-initial': { up: initial } };

/**
 * Brings the database to this version's tables; two processes that start together wait for each other.
 * @throws when the database holds a migration that this version does not know.
 */
export const migrate = async (db: Db): Promise<void> => {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
    migrationTableSchema: 'public',
    migrationTableName: 'panier_migration',
    migrationLockTableName: 'panier_migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new MigrationError('The database could not be brought to this version.', { cause: error });
};

/** The database's tables are not those of this version; `cause` tells why. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}
