import { sql } from 'kysely';
import type { Db } from '../database/index.ts';

/** A process of panier's that runs. */
export interface RunningProcess {
  readonly id: string;
  /** Its number among those that run: names of consumers and of producers' instances end with it. */
  readonly instance: number;
  readonly roles: readonly string[];
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  /** Since its last heartbeat, by the database's clock. */
  readonly silentSeconds: number;
}

type Row = Omit<RunningProcess, 'startedAt'> & { readonly startedAt: Date };

/** Three heartbeats: one may be late. */
const SILENT_SECONDS = 15;
/** Whoever runs tells the time of the database's clock again within five seconds; later it was set back, or somebody lies. */
const AHEAD_SECONDS = 15;
/** More than anybody runs; what is beyond is made up. */
const MAX_PROCESSES = 500;

/** Those that told of themselves within fifteen seconds; by instance, the oldest first. A time that is yet to come tells of nobody. */
export const runningProcesses = async (db: Db): Promise<readonly RunningProcess[]> => {
  const { rows } = await sql<Row>`
    select id, instance, roles, host, pid, version, started_at as "startedAt",
      greatest(0, extract(epoch from now() - beat_at))::float8 as "silentSeconds"
    from bus.process
    where beat_at between now() - make_interval(secs => ${SILENT_SECONDS}) and now() + make_interval(secs => ${AHEAD_SECONDS})
    order by instance, started_at limit ${MAX_PROCESSES}`.execute(db);
  return rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() }));
};
