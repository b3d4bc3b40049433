import { sql } from 'kysely';
import { type Db, JOURNALS, type JournalDbs, type JournalName } from '../database/index.ts';

const waitIn = async (db: Db, journal: JournalName): Promise<number> => {
  const { rows } = await sql<{ seconds: number }>`
    select extract(epoch from now() - queued_at)::float8 as seconds
    from ${sql.id(journal, 'outbox')} order by position limit 1`.execute(db);
  return rows[0]?.seconds ?? 0;
};

/**
 * For how many seconds, by the database's clock, the oldest event of any journal has waited to be published; 0 when none
 * waits. Reads one row per journal.
 */
export const oldestWaitSeconds = async (journals: JournalDbs): Promise<number> =>
  Math.max(0, ...(await Promise.all(JOURNALS.map((journal) => waitIn(journals[journal], journal)))));
