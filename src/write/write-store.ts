import type { AppendUnits } from './journal/group-commit.ts';
import type { Journaled } from './journal/load.ts';
import type { TaskKey } from './journal/unit.ts';
import type { ClaimedTask } from './tasks/tasks.ts';

/** What the write side keeps: its journal, and the tasks that its orders have put off. */
export interface WriteStore {
  readonly appendUnits: AppendUnits;
  /** What the journal holds of each aggregate, in sequence; an aggregate without events is left out. */
  readonly loadAggregates: (ids: readonly string[]) => Promise<ReadonlyMap<string, readonly Journaled[]>>;
  /** Those of the event ids that the journal holds. */
  readonly knownEventIds: (eventIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** How long a task is for the one alone that has taken it on. */
  readonly leaseMs: number;
  /** Takes on tasks that are due, by the database's clock; nobody else gets them before the lease ends. */
  readonly claimDueTasks: (limit: number) => Promise<readonly ClaimedTask[]>;
  /** Puts a task off. */
  readonly postponeTask: (task: TaskKey, delayMs: number) => Promise<void>;
}
