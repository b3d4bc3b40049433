import { type Kysely, sql } from 'kysely';
import { statement, type Tables, type Tx } from '../database/index.ts';

const WRITER_LOCK = 0x70_61_6e_69_65_72_01n;
const REBUILD_LOCK = 0x70_61_6e_69_65_72_02n;

const TAKE_WRITER_LOCK = statement(`select pg_advisory_xact_lock('${WRITER_LOCK}'::bigint)`);

/**
 * Waits to be the only writer of the event store, until the transaction ends: so positions are handed out in the order of
 * commits, and a reader may follow them with a plain cursor. Its own statement: one that also read would still see what
 * was there before it began to wait.
 */
export const becomeOnlyWriter = async (tx: Tx): Promise<void> => {
  await TAKE_WRITER_LOCK(tx);
};

/** Whether this session may rebuild: only one may at a time, in the whole database. Held until the session ends. */
export const becomeOnlyRebuild = async (connection: Kysely<Tables>): Promise<boolean> => {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_lock(${sql.lit(String(REBUILD_LOCK))}::bigint) as taken`.execute(connection);
  return rows[0]?.taken ?? false;
};

export const ceaseRebuild = async (connection: Kysely<Tables>): Promise<void> => {
  await sql`select pg_advisory_unlock(${sql.lit(String(REBUILD_LOCK))}::bigint)`.execute(connection);
};
