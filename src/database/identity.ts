import type { Db } from './open.ts';

/** The id of this database: made with its tables, kept by its backups. */
export const databaseIdentity = async (db: Db): Promise<string> => {
  const { id } = await db.selectFrom('bus.identity').select('id').executeTakeFirstOrThrow();
  return id;
};
