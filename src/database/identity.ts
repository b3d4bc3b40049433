import type { Db } from './open.ts';

/** Who this database is: made with its tables, kept by its backups. */
export interface DatabaseIdentity {
  readonly id: string;
  /** A secret, by which services know what is their own. */
  readonly seal: string;
}

export const databaseIdentity = (db: Db): Promise<DatabaseIdentity> =>
  db.selectFrom('bus.identity').select(['id', 'seal']).executeTakeFirstOrThrow();
