import { sql } from 'kysely';
import { type Db } from './open.ts';

const MUST_BE_ON = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;
const ASKED = [...MUST_BE_ON, 'synchronous_standby_names'];

/** What the settings of a server, by name, would lose of what was acknowledged, in sentences. */
export const durabilityProblemsOf = (settings: ReadonlyMap<string, string>): readonly string[] => {
  const off = MUST_BE_ON.filter((name) => settings.get(name) === 'off').map(
    (name) => `PostgreSQL runs with ${name} = off, and would lose what it has acknowledged: set it to on.`,
  );
  const standbys = settings.get('synchronous_standby_names') ?? '';
  if (standbys === '' || settings.get('synchronous_commit') !== 'local') return off;
  return [
    ...off,
    `PostgreSQL has synchronous standbys (${standbys}), but does not wait for them (synchronous_commit = local), and a ` +
      'failover would lose what it has acknowledged: set it to on.',
  ];
};

/** Sentences that say which settings of the server would lose acknowledged commands; none when all is well. */
export const durabilityProblems = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings where name = any(${sql.val(ASKED)}::text[])`.execute(db);
  return durabilityProblemsOf(new Map(rows.map(({ name, setting }) => [name, setting])));
};
