import { type Runner, statement } from '../../database/index.ts';
import { isOver, type UpkeepRun, type UpkeepStatus, type UpkeepStep, type UpkeepTask } from './run.ts';

interface RunRow {
  readonly id: string;
  readonly settings: UpkeepTask;
  readonly status: UpkeepStatus;
  readonly requested_by: string;
  readonly requested_at: Date;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
  readonly is_lost: boolean;
  readonly cancelled_by: string | null;
  readonly steps: readonly UpkeepStep[];
  readonly failure: string | null;
}

const LOST = 'The process that carried it out is gone: start it again.';

/** Whoever carries it out would have said so. */
export const IS_LOST = "(status = 'RUNNING' and lease_until <= now())";

/** A run that is lost is shown as what it will be noted as by whoever comes next: nobody may be left to note it. */
export const RUN_COLUMNS = `id, settings, requested_by, requested_at, started_at, cancelled_by, steps, failure,
  ${IS_LOST} as is_lost, status, case when ${IS_LOST} then lease_until else ended_at end as ended_at`;

const reasonOf = ({ is_lost: isLost, cancelled_by: by, failure, status }: RunRow): string | null => {
  if (isLost) return LOST;
  return status === 'CANCELLED' && by !== null ? `Cancelled by ${by}.` : failure;
};

/** What was under way when a run ended is not done. */
const putBack = (step: UpkeepStep): UpkeepStep => (step.status === 'RUNNING' ? { ...step, status: 'WAITING' } : step);

const runOf = (row: RunRow): UpkeepRun => {
  const status = row.is_lost ? 'FAILED' : row.status;
  return {
    id: row.id,
    task: row.settings,
    status,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    steps: isOver({ status }) ? row.steps.map(putBack) : row.steps,
    reason: reasonOf(row),
  };
};

type ReadRuns = (runner: Runner, values?: readonly unknown[]) => Promise<readonly UpkeepRun[]>;

/** The runs that a statement answers with, by {@link RUN_COLUMNS}. */
export const runsBy = (text: string): ReadRuns => {
  const select = statement<RunRow>(text);
  return async (runner, values = []) => (await select(runner, values)).map(runOf);
};

const SETTLE_LOST = statement(`
  update upkeep.run set status = 'FAILED', ended_at = lease_until, failure = $1 where ${IS_LOST}`);

/** Notes that a run is lost, so that another one may begin. */
export const settleLost = async (runner: Runner): Promise<void> => {
  await SETTLE_LOST(runner, [LOST]);
};
