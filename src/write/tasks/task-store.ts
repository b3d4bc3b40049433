import type { TaskKey } from '../journal/append-request.ts';

/** A task that this process has claimed, until its lease ends. */
export interface ClaimedTask extends TaskKey {
  /** How often it was claimed before. */
  readonly earlierAttempts: number;
  /** It was claimed by being written down, a moment ago. */
  readonly isJustWritten: boolean;
  readonly payload: object;
}

/** What is claimed at once. */
export interface Claim {
  /** Of what kinds, with all their variants. */
  readonly kinds: readonly string[];
  readonly limit: number;
}

/** `Later`: the task stays, and is put off. */
export type TaskResult = 'Done' | 'Later';

/** What a worker asks of whatever keeps the tasks. They are written with the events that they follow from. */
export interface TaskStore {
  /** How long a task is for the one alone that has claimed it. */
  readonly leaseMs: number;
  /** Claims tasks that are due, by the database's clock; nobody else gets them before the lease ends. */
  readonly claimDueTasks: (claim: Claim) => Promise<readonly ClaimedTask[]>;
  /** Puts a task off. */
  readonly postponeTask: (task: TaskKey, delayMs: number) => Promise<void>;
}
