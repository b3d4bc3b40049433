import { sql } from 'kysely';
import { JOURNALS, type JournalDbs, type JournalName } from '../../database/index.ts';

const newestIn = async (journals: JournalDbs, journal: JournalName): Promise<readonly Date[]> => {
  const { rows } = await sql<{ readonly newest: Date | null }>`
    select max(occurred_at) as newest from (
      select occurred_at from ${sql.id(journal, 'journal')} where not heard order by position desc limit 1000
    ) as late`.execute(journals[journal]);
  return rows.flatMap(({ newest }) => newest ?? []);
};

/** When the newest event of panier's own was recorded (RFC 3339, UTC), by the databases' clocks; null when there is none. */
export const newestEventAt = async (journals: JournalDbs): Promise<string | null> => {
  const times = (await Promise.all(JOURNALS.map((journal) => newestIn(journals, journal)))).flat();
  return times.toSorted((one, other) => other.getTime() - one.getTime())[0]?.toISOString() ?? null;
};
