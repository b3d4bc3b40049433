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
/** Whoever runs has told the time anew by then; a row of later would keep everybody waiting for as long as it says. */
const AHEAD_SECONDS = 15;

const running = async (db: Db): Promise<readonly Running[]> => {
  const { rows } = await sql<Running>`
    select instance, version from bus.process
    where beat_at between now() - make_interval(secs => ${SILENT_SECONDS}) and now() + make_interval(secs => ${AHEAD_SECONDS})
    order by instance`.execute(db);
  return rows;
};

const nameOf = ({ instance, version }: Running): string => `instance ${instance} of ${version}`;

/** `instance 2 of 0.1.0`, for each process that runs. */
export const runningProcessNames = async (db: Db): Promise<readonly string[]> => (await running(db)).map(nameOf);

/** The same, for each that is of another version than this one. */
export const otherVersionNames = async (db: Db): Promise<readonly string[]> =>
  (await running(db)).filter(({ version }) => version !== VERSION).map(nameOf);

/**
 * Sentences that name the processes which could not go on once these migrations have made their tables; none when there is none
 * to be made, or they go on with all of them, or nobody runs. Whoever runs while some are lacking is of an earlier release,
 * whatever its number: its start would have made them.
 */
export const leftBehind = async (db: Db, migrations: Migrations = MIGRATIONS): Promise<readonly string[]> => {
  const there = await appliedMigrations(db);
  if (!there.includes(LISTED_SINCE)) return [];
  // Before what is lacking: one that started meanwhile has made its tables before it told of itself.
  const processes = await running(db);
  const lacking = await lackingMigrations(db, migrations);
  const behind = processes.filter((each) => !lacking.every((name) => goesOnWith(name, each.version)));
  if (behind.length === 0) return [];
  const names = behind.map(nameOf).join(', ');
  return [
    `Processes of another version run (${names}), and could not go on with the tables that this one makes: ` +
      'stop them first. One that was killed counts for fifteen seconds.',
  ];
};
