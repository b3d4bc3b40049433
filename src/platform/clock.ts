import { sleep } from './sleep.ts';

/** Time inside one process: for pauses and limits. What processes have to agree on is told by the database's clock. */
export interface Clock {
  /** Milliseconds from some start; never goes back. */
  readonly nowMs: () => number;
  /** Resolves after `ms` milliseconds, or as soon as `signal` aborts; never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export const systemClock: Clock = { nowMs: () => performance.now(), sleep };
