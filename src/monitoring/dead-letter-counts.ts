import { sql } from 'kysely';
import type { Db } from '../database/index.ts';

export interface DeadLetterCount {
  readonly group: string;
  readonly stream: string;
  readonly open: number;
}

/** Of more, the first so many are counted: a group that gives up everything must not make looking at it dear. */
const COUNTED = 10_000;

/** Open dead letters by group and stream; those that have none are missing. */
export const openDeadLetters = async (db: Db): Promise<readonly DeadLetterCount[]> => {
  const { rows } = await sql<DeadLetterCount>`
    select consumer_group as "group", stream, count(*)::integer as open from (
      select consumer_group, stream from bus.dead_letter where state = 'OPEN' order by number limit ${sql.lit(COUNTED)}
    ) as counted group by consumer_group, stream`.execute(db);
  return rows;
};
