import { sql } from 'kysely';
import type { Db } from './open.ts';

/** How full the server is, by what every role may see. */
export interface DatabaseServerState {
  /** What the database takes on the disk. */
  readonly databaseBytes: number;
  /** To all databases of the server, of everybody. */
  readonly connections: number;
  readonly maxConnections: number;
}

/** Asks the files for their sizes, and reads nothing of them: some milliseconds. */
export const databaseServerState = async (db: Db): Promise<DatabaseServerState> => {
  const { rows } = await sql<DatabaseServerState>`
    select pg_database_size(current_database())::float8 as "databaseBytes",
      (select sum(numbackends)::integer from pg_stat_database) as connections,
      current_setting('max_connections')::integer as "maxConnections"`.execute(db);
  const [state] = rows;
  if (state === undefined) throw new Error('PostgreSQL told nothing of itself.');
  return state;
};
