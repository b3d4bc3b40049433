import { sql } from 'kysely';
import { JOURNALS, type JournalDbs, type JournalName } from '../database/index.ts';

/** What waits to be published of one journal. */
export interface OutboxState {
  readonly journal: JournalName;
  /** How many events; of more than 10,000 the first 10,000. */
  readonly length: number;
  /** For how long the oldest has waited, by the database's clock; 0 when none waits. */
  readonly oldestSeconds: number;
}

/** An outbox that no relay empties grows and grows: to count it may not take longer and longer. */
const COUNTED = 10_000;

const stateOf = (journal: JournalName) => {
  const outbox = sql.id(journal, 'outbox');
  return sql<OutboxState>`
    select ${sql.lit(journal)} as journal,
      (select count(*)::integer from (select from ${outbox} limit ${sql.lit(COUNTED)}) as counted) as length,
      coalesce((
        select greatest(0, extract(epoch from now() - queued_at)) from ${outbox} order by position limit 1
      ), 0)::float8 as "oldestSeconds"`;
};

/** Of each journal. Reads one row, and what it counts. */
export const outboxStates = async (journals: JournalDbs): Promise<readonly OutboxState[]> => {
  const asked = JOURNALS.map((journal) => stateOf(journal).execute(journals[journal]));
  return (await Promise.all(asked)).flatMap(({ rows }) => rows);
};
