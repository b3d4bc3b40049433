import { errorCodeOf } from '../platform/index.ts';
import { type Runner, statement } from './statement.ts';

/** How far a server of PostgreSQL is in a history: each promotion, and each restore to a point in time, begins a timeline. */
export interface Standing {
  /** The cluster: a standby has that of its primary, a database that was dumped and restored elsewhere another one. */
  readonly system: string;
  readonly timeline: number;
}

interface Row {
  readonly system: string;
  readonly timeline: number | null;
}

// Of the log, not of the last checkpoint: that is of before the promotion for a while.
const STANDING = statement<Row>(`
  select (select system_identifier from pg_control_system())::text as system,
    case when not pg_is_in_recovery()
      then ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer end as timeline`);

/** No such function, no right to it, or not on this server: who offers PostgreSQL as a service may leave them out. */
const NOT_TOLD = /^(42|0A|55)/;

/** Null for a standby, which takes no writes, and where it is not told. */
export const standingOf = async (runner: Runner): Promise<Standing | null> => {
  try {
    const [row] = await STANDING(runner);
    return row?.timeline == null ? null : { system: row.system, timeline: row.timeline };
  } catch (error) {
    if (NOT_TOLD.test(errorCodeOf(error))) return null;
    throw error;
  }
};
