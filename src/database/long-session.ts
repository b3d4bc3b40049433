import { type Kysely, sql } from 'kysely';
import { ignored } from '../platform/index.ts';
import type { Tables } from './tables.ts';

/**
 * Lets the statements of a session take as long as they take, but not longer than somebody waits for them: of a process that was
 * killed, PostgreSQL would notice nothing before it answers, and hold its locks until then.
 */
export const letTakeLong = async (session: Kysely<Tables>): Promise<void> => {
  await sql`set statement_timeout = 0`.execute(session);
  // Refused where the system of the server cannot tell.
  await sql`set client_connection_check_interval = '1s'`.execute(session).catch(ignored);
};

export const letTakeLongNoMore = async (session: Kysely<Tables>): Promise<void> => {
  await sql`reset statement_timeout`.execute(session);
  await sql`reset client_connection_check_interval`.execute(session).catch(ignored);
};
