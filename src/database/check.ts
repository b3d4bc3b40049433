import { sql } from 'kysely';
import { type Db } from './open.ts';

const MUST_BE_ON = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

/** Sentences that say which settings of the server would lose acknowledged commands; none when all is well. */
export const durabilityProblems = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings where name = any(${sql.val([...MUST_BE_ON])}::text[])`.execute(db);
  return rows
    .filter(({ setting }) => setting === 'off')
    .map(({ name }) => `PostgreSQL runs with ${name} = off, and would lose what it has acknowledged: set it to on.`);
};
