import { sql } from 'kysely';
import type { Db } from '../../database/index.ts';

/** When the newest event of panier's own was recorded (RFC 3339, UTC), by the database's clock; null when there is none. */
export const newestEventAt = async (db: Db): Promise<string | null> => {
  const { rows } = await sql<{ readonly newest: Date | null }>`
    select max(occurred_at) as newest from (
      (select occurred_at from write.journal where not heard order by position desc limit 1000)
      union all (select occurred_at from saga.journal where not heard order by position desc limit 1000)
    ) as late`.execute(db);
  return rows[0]?.newest?.toISOString() ?? null;
};
