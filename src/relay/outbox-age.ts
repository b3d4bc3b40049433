import { sql } from 'kysely';
import type { Db } from '../database/index.ts';

/**
 * For how many seconds, by the database's clock, the oldest event of any journal has waited to be published; 0 when none
 * waits. Reads one row per journal.
 */
export const oldestWaitSeconds = async (db: Db): Promise<number> => {
  const { rows } = await sql<{ seconds: number }>`
    select coalesce(extract(epoch from now() - min(queued_at)), 0)::float8 as seconds from (
      (select queued_at from write.outbox order by position limit 1)
      union all (select queued_at from saga.outbox order by position limit 1)
    ) as oldest`.execute(db);
  return rows[0]?.seconds ?? 0;
};
