import { type Db, statement } from '../../database/index.ts';
import type { Outcome, UpkeepRun, UpkeepStep } from '../runs/run.ts';
import { IS_LOST, RUN_COLUMNS, runsBy, settleLost } from '../runs/run-rows.ts';

const LEASE = "now() + $2::integer * interval '1 millisecond'";
/** Whoever has lost the lease has nothing more to say of the run. */
const IS_HELD = `id = $1 and status = 'RUNNING' and not ${IS_LOST}`;

const UNDER_WAY = statement<{ readonly id: string; readonly status: string; readonly is_lost: boolean }>(
  `select id, status, ${IS_LOST} as is_lost from upkeep.run where status in ('WAITING', 'RUNNING')`,
);

const TAKE = runsBy(`
  update upkeep.run set status = 'RUNNING', started_at = now(), lease_until = ${LEASE}
  where id = $1 and status = 'WAITING'
  returning ${RUN_COLUMNS}`);

/** The run that waits, from now on this process's; null when none does, or another process was faster. Notes a lost one. */
export const takeRun = async (db: Db, leaseMs: number): Promise<UpkeepRun | null> => {
  const [run] = await UNDER_WAY(db);
  if (run?.is_lost === true) await settleLost(db);
  return run?.status === 'WAITING' ? ((await TAKE(db, [run.id, leaseMs]))[0] ?? null) : null;
};

type Kept = { readonly cancelled_by: string | null };

const NOTE = statement<Kept>(`
  update upkeep.run set lease_until = ${LEASE}, steps = coalesce($3::json, steps) where ${IS_HELD} returning cancelled_by`);

export interface Note {
  readonly leaseMs: number;
  /** Null: nothing new. */
  readonly steps: readonly UpkeepStep[] | null;
}

/** Takes the lease on, and notes how far the run is: whether it is to go on. */
export const noteRun = async (
  db: Db,
  id: string,
  { leaseMs, steps }: Note,
): Promise<'Goes on' | 'Cancelled' | 'Lost'> => {
  const [kept] = await NOTE(db, [id, leaseMs, steps === null ? null : JSON.stringify(steps)]);
  if (kept === undefined) return 'Lost';
  return kept.cancelled_by === null ? 'Goes on' : 'Cancelled';
};

const END = statement(`
  update upkeep.run set status = $2, failure = $3, steps = $4::json, ended_at = now() where ${IS_HELD}`);

export const endRun = async (
  db: Db,
  id: string,
  end: { readonly outcome: Outcome; readonly steps: readonly UpkeepStep[] },
) => {
  const { outcome, steps } = end;
  const failure = outcome.status === 'FAILED' ? outcome.reason : null;
  await END(db, [id, outcome.status, failure, JSON.stringify(steps)]);
};

const NAMED =
  'from pg_stat_activity where application_name = $1 and usename = current_user and pid <> pg_backend_pid()';
const CANCEL = statement(`select pg_cancel_backend(pid) ${NAMED}`);
const TERMINATE = statement(`select pg_terminate_backend(pid) ${NAMED}`);

/** Ends the statements that the sessions of this name are at. */
export const cancelStatements = async (db: Db, sessions: string): Promise<void> => {
  await CANCEL(db, [sessions]);
};

/** Ends the sessions of this name. */
export const terminateSessions = async (db: Db, sessions: string): Promise<void> => {
  await TERMINATE(db, [sessions]);
};
