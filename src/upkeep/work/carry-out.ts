import type { Db } from '../../database/index.ts';
import { type Clock, ignored, retry, SIGNALS } from '../../platform/index.ts';
import type { Outcome, UpkeepRun, UpkeepStep } from '../runs/run.ts';
import type { Work } from './thread.ts';
import { endRun, noteRun } from './work-store.ts';

export interface WorkLimits {
  /** How long a run belongs to a process that says nothing more. */
  readonly leaseMs: number;
  /** How often progress is noted at most. */
  readonly noteEveryMs: number;
  /** How often the lease is taken on where there is none. */
  readonly beatEveryMs: number;
}

export interface CarryOutParts {
  /** The owner's. */
  readonly db: Db;
  readonly limits: WorkLimits;
  readonly clock: Clock;
  /** Tells who watches that the run has changed; a hint only. */
  readonly announce: (id: string) => Promise<void>;
  readonly begin: (run: UpkeepRun) => Work;
}

const STOPPED: Outcome = {
  status: 'FAILED',
  reason: 'The process that carried it out was stopped: start it again.',
};

/** Why work ends before its end. */
type Cut = 'Cancelled' | 'Lost' | 'Stopped';

/** Notes how far the work is until it ends; why it is to be cut short, or null. */
const follow = async (parts: CarryOutParts, run: UpkeepRun, { work, signal }: Underway): Promise<Cut | null> => {
  const { db, clock, limits, announce } = parts;
  const over = new AbortController();
  const ending = work.ended.then(() => over.abort());
  const waking = AbortSignal.any([signal, over.signal]);
  let noted: readonly UpkeepStep[] = [];
  let aliveAtMs = clock.nowMs();
  while (!waking.aborted) {
    await clock.sleep(limits.noteEveryMs, waking);
    const [steps, nowMs] = [work.steps(), clock.nowMs()];
    if (steps === noted && nowMs - aliveAtMs < limits.beatEveryMs) continue;
    const note = { leaseMs: limits.leaseMs, steps: steps === noted ? null : steps };
    const state = await noteRun(db, run.id, note).catch(() => null);
    if (state === 'Cancelled' || state === 'Lost') return state;
    // The database is away: it goes on for as long as the lease may still be held.
    if (state === null && nowMs - aliveAtMs > limits.leaseMs) return 'Lost';
    if (state === null) continue;
    aliveAtMs = nowMs;
    if (steps !== noted) await announce(run.id).catch(ignored);
    noted = steps;
  }
  if (!over.signal.aborted) return 'Stopped';
  await ending;
  return null;
};

interface Underway {
  readonly work: Work;
  readonly signal: AbortSignal;
}

const outcomeOf = async (work: Work, cut: Cut | null): Promise<Outcome> => {
  if (cut === null) return work.ended;
  await work.stop();
  const ended = await work.ended;
  // It was through before it heard of it: a replay has put its read models in place.
  if (ended.status === 'COMPLETED') return ended;
  return cut === 'Cancelled' ? { status: 'CANCELLED' } : STOPPED;
};

/** Carries out a run that was taken, to whichever end; the signal stops it. */
export const carryOut = async (parts: CarryOutParts, run: UpkeepRun, signal: AbortSignal): Promise<void> => {
  const { db, clock, limits, announce } = parts;
  const work = parts.begin(run);
  const cut = await follow(parts, run, { work, signal });
  const outcome = await outcomeOf(work, cut);
  SIGNALS.upkeepEnded.tell({ kind: run.task.kind.toLowerCase(), outcome: outcome.status.toLowerCase() });
  const end = { outcome, steps: work.steps() };
  const pauses = { firstMs: 100, maxMs: 1_000 };
  const attempts = Math.ceil(limits.leaseMs / pauses.maxMs);
  await retry(() => endRun(db, run.id, end), { mayPass: () => true, pauses, attempts, clock, signal });
  await announce(run.id).catch(ignored);
};
