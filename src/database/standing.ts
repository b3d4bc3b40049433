import { errorCodeOf } from '../platform/index.ts';
import type { Queryable } from './send.ts';

/** How far a server of PostgreSQL is in a history: each promotion, and each restore to a point in time, begins a timeline. */
export interface Standing {
  /** The cluster: a standby has that of its primary, a database that was dumped and restored elsewhere another one. */
  readonly system: string;
  readonly timeline: number;
}

// Of the log, not of the last checkpoint: that is of before the promotion for a while.
const STANDING = {
  name: 'panier_standing',
  text: `
    select (select system_identifier from pg_control_system())::text as system,
      case when not pg_is_in_recovery()
        then ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::integer end as timeline`,
};

/** No such function, no right to it, or not on this server: who offers PostgreSQL as a service may leave them out. */
const NOT_TOLD = /^(42|0A|55)/;

interface Row {
  readonly system: string;
  readonly timeline: number | null;
}

/** Null for a standby, which takes no writes, and where it is not told. */
export const standingOf = async (client: Queryable): Promise<Standing | null> => {
  try {
    const { rows } = await client.query<Row>(STANDING);
    const { system = '', timeline = null } = rows[0] ?? {};
    return timeline === null ? null : { system, timeline };
  } catch (error) {
    if (NOT_TOLD.test(errorCodeOf(error))) return null;
    throw error;
  }
};
