import type { Db } from '../../database/index.ts';
import { type Clock, type Logger, repeat, systemClock } from '../../platform/index.ts';
import type { UpkeepRun } from '../runs/run.ts';
import { type CarryOutParts, carryOut, type WorkLimits } from './carry-out.ts';
import type { WorkSpec } from './spec.ts';
import { startWork } from './thread.ts';
import { takeRun } from './work-store.ts';

const LIMITS: WorkLimits & { readonly lookEveryMs: number } = {
  leaseMs: 10_000,
  noteEveryMs: 250,
  beatEveryMs: 1_000,
  lookEveryMs: 500,
};

export interface StartUpkeepParts
  extends Pick<CarryOutParts, 'db' | 'announce'>,
    Omit<WorkSpec, 'task' | 'name' | 'groups'> {
  /** Of the owner, each database once: to end there what is to be stopped. */
  readonly everywhere: readonly Db[];
  /** The consumer groups of each stream as they are now. */
  readonly groups: () => WorkSpec['groups'];
  readonly logger: Logger;
  readonly limits?: Partial<typeof LIMITS>;
  readonly clock?: Clock;
}

/** What its sessions are called: by it, they are found and ended. */
const nameOf = ({ id }: UpkeepRun): string => `upkeep ${id}`;

/** Carries out the runs that operators ask for, one at a time, until disposed. */
export const startUpkeep = (parts: StartUpkeepParts): AsyncDisposable => {
  const { db, everywhere, announce, logger, clock = systemClock, limits: given, groups, ...server } = parts;
  const limits = { ...LIMITS, ...given };
  const begin = (run: UpkeepRun) =>
    startWork({ ...server, groups: groups(), task: run.task, name: nameOf(run) }, everywhere);
  const round = async (signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return;
    const run = await takeRun(db, limits.leaseMs);
    if (run !== null) await carryOut({ db, limits, clock, announce, begin }, run, signal);
  };
  return repeat(round, {
    everyMs: limits.lookEveryMs,
    clock,
    onFailure: (error) => logger.debug({ error }, 'upkeep: the runs cannot be looked up'),
  });
};
