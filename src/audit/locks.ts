import { type Kysely, sql } from 'kysely';
import { statement, type Tables, type Tx } from '../database/index.ts';

const WRITER_LOCK = 0x70_61_6e_69_65_72_01n;
const REBUILD_LOCK = 0x70_61_6e_69_65_72_02n;

/** The first of 64. */
const PARTITION_LOCKS = 0x70_61_6e_69_65_72_80n;

const TAKE_WRITER_LOCK = statement(`select pg_advisory_xact_lock('${WRITER_LOCK}'::bigint)`);
const SHARE_WRITER_LOCK = statement(`select pg_advisory_xact_lock_shared('${WRITER_LOCK}'::bigint)`);

// A case, so that the shared lock is taken first: who held a partition and waited for whoever waits for all writers to end
// would wait for ever.
const TAKE_PARTITIONS = statement(`
  select case when pg_advisory_xact_lock_shared('${WRITER_LOCK}'::bigint) is not null
    then pg_advisory_xact_lock('${PARTITION_LOCKS}'::bigint + partition) end
  from unnest($1::integer[]) as partition`);

/**
 * Waits until nobody else writes to the event store, and keeps others out until the transaction ends: for what all writers
 * have to agree on, as how it is divided, or which read models there are.
 */
export const becomeOnlyWriter = async (tx: Tx): Promise<void> => {
  await TAKE_WRITER_LOCK(tx);
};

/** Keeps who would be the only writer out until the transaction ends, and nobody else. */
export const beAmongWriters = async (tx: Tx): Promise<void> => {
  await SHARE_WRITER_LOCK(tx);
};

/**
 * Waits to be the only writer of these partitions, until the transaction ends: so within a partition positions are handed out
 * in the order of commits, and a reader may follow it with a plain cursor. They are given in ascending order: so nobody
 * waits in a ring. Its own statement: one that also read would still see what was there before it began to wait.
 */
export const becomeWriterOf = async (tx: Tx, partitions: readonly number[]): Promise<void> => {
  await TAKE_PARTITIONS(tx, [partitions]);
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
