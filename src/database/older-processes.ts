import { sql } from 'kysely';
import { VERSION } from '../platform/index.ts';
import { appliedMigrations, goesOnWith, lackingMigrations } from './applied-migrations.ts';
import { MIGRATIONS, type Migrations } from './migrations/index.ts';
import type { Db } from './open.ts';

interface Running {
  readonly instance: number;
  readonly version: string;
}

/** What lists the processes that run is a table of this migration. */
const LISTED_SINCE = '0024-processes';
/** Three heartbeats: whoever was killed is gone by then. */
const SILENT_SECONDS = 15;

const ofOtherVersions = async (db: Db, version: string): Promise<readonly Running[]> => {
  const { rows } = await sql<Running>`
    select instance, version from bus.process
    where version <> ${version} and beat_at > now() - make_interval(secs => ${SILENT_SECONDS})
    order by instance`.execute(db);
  return rows;
};

interface Release {
  readonly version: string;
  readonly migrations: Migrations;
}

/**
 * Sentences that name the processes which could not go on once this version has made its tables; none when it makes none,
 * or such that they go on with, or nobody else runs.
 */
export const leftBehind = async (
  db: Db,
  { version, migrations }: Release = { version: VERSION, migrations: MIGRATIONS },
): Promise<readonly string[]> => {
  const lacking = await lackingMigrations(db, migrations);
  const there = await appliedMigrations(db);
  if (lacking.length === 0 || !there.includes(LISTED_SINCE)) return [];
  const running = await ofOtherVersions(db, version);
  const behind = running.filter((each) => !lacking.every((name) => goesOnWith(name, each.version)));
  if (behind.length === 0) return [];
  const names = behind.map((each) => `instance ${each.instance} of ${each.version}`).join(', ');
  return [
    `Processes of another version run (${names}), and could not go on with the tables that this one makes: ` +
      'stop them first. One that was killed counts for fifteen seconds.',
  ];
};
