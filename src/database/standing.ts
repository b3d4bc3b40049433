import { errorCodeOf } from '../platform/index.ts';
import { type Runner, statement } from './statement.ts';

/** How far a server of PostgreSQL is in a history: each promotion, and each restore to a point in time, begins a timeline. */
export interface Standing {
  /** The cluster: a standby has that of its primary, a database that was dumped and restored elsewhere another one. */
  readonly system: string;
  readonly timeline: number;
}

// Of the log, not of the last checkpoint: that is of before the promotion for a while.
const STANDING = statement<{ readonly system: string; readonly timeline: number | null }>(`
  select (select system_identifier from pg_control_system())::text as system,
    case when not pg_is_in_recovery()
      then ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer end as timeline`);

/** Of a server that follows another one. */
export interface StandingOfCopy extends Standing {
  /** Whether what it receives says so; else its disk does, which may be of before a promotion. */
  readonly isCurrent: boolean;
}

// Of what it receives, where this role may know; else of what stands on its disk, which is of before the promotion for a while.
const COPIED = statement<{ readonly system: string; readonly timeline: number; readonly is_received: boolean }>(`
  select system.system_identifier::text as system,
    coalesce(received.timeline, greatest(checkpoint.timeline_id, recovery.min_recovery_end_timeline)) as timeline,
    received.timeline is not null as is_received
  from pg_control_system() as system, pg_control_checkpoint() as checkpoint, pg_control_recovery() as recovery,
    (select (select received_tli from pg_stat_wal_receiver) as timeline) as received
  where pg_is_in_recovery()`);

/** No such function, no right to it, or not on this server: who offers PostgreSQL as a service may leave them out. */
const NOT_TOLD = /^(42|0A|55)/;

const unlessNotTold = (error: unknown): null => {
  if (NOT_TOLD.test(errorCodeOf(error))) return null;
  throw error;
};

/** Null for a standby, which takes no writes, and where it is not told. */
export const standingOf = async (runner: Runner): Promise<Standing | null> => {
  const [row] = (await STANDING(runner).catch(unlessNotTold)) ?? [];
  return row?.timeline == null ? null : { system: row.system, timeline: row.timeline };
};

/** Which history a standby follows, as {@link standingOf} of a server that is none. Null where it is not told. */
export const standingOfCopy = async (runner: Runner): Promise<StandingOfCopy | null> => {
  const [row] = (await COPIED(runner).catch(unlessNotTold)) ?? [];
  if (row !== undefined) return { system: row.system, timeline: row.timeline, isCurrent: row.is_received };
  const standing = await standingOf(runner);
  return standing === null ? null : { ...standing, isCurrent: true };
};

/** Whether both are told, and are two. */
export const areApart = (one: Standing | null, other: Standing | null): boolean =>
  one !== null && other !== null && (one.system !== other.system || one.timeline !== other.timeline);
