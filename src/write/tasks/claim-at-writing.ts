import type { GroupCommit } from '../journal/group-commit.ts';
import type { Task } from '../journal/unit.ts';
import type { TaskWorker } from './task-worker.ts';

const isDueNow = ({ due }: Task): boolean => 'afterMs' in due && due.afterMs === 0;

interface Claiming {
  readonly journal: Pick<GroupCommit, 'append'>;
  readonly leaseMs: number;
  /** The worker of this process; none where it works off no tasks. */
  readonly worker: () => TaskWorker | undefined;
}

/**
 * Appends units. Tasks that are due at once are written as claimed by this process's worker, where it has room for them,
 * and begun as soon as they are durable: nobody has to look for them.
 */
export const claimingAtWriting =
  ({ journal, leaseMs, worker }: Claiming): GroupCommit['append'] =>
  async (unit, deadline) => {
    const dueNow = unit.schedule.filter(isDueNow);
    const reserved = worker()?.reserve(dueNow);
    if (reserved === undefined) return journal.append(unit, deadline);
    const due = { takenForMs: leaseMs };
    const schedule = unit.schedule.map((task) => (isDueNow(task) ? { ...task, due } : task));
    try {
      const outcome = await journal.append({ ...unit, schedule }, deadline);
      if (outcome.type === 'Appended') reserved.begin();
      return outcome;
    } catch (error) {
      // The tasks may have been written all the same: without this, they would wait for the end of their lease.
      reserved.giveBack();
      throw error;
    } finally {
      reserved.release();
    }
  };
