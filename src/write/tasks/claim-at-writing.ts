import type { Task } from '../journal/append-request.ts';
import type { GroupCommit } from '../journal/group-commit.ts';
import type { TaskWorker } from './task-worker.ts';

const isDueNow = ({ due }: Task): boolean => 'afterMs' in due && due.afterMs === 0;

interface Claiming {
  readonly journal: Pick<GroupCommit, 'append'>;
  readonly leaseMs: number;
  /** The worker of this process; none where it works off no tasks. */
  readonly worker: () => TaskWorker | undefined;
}

/**
 * Appends requests. Tasks that are due at once are written as claimed by this process's worker, where it has room for them,
 * and begun as soon as they are durable: nobody has to look for them.
 */
export const claimingAtWriting =
  ({ journal, leaseMs, worker }: Claiming): GroupCommit['append'] =>
  async (request, deadline) => {
    const dueNow = request.schedule.filter(isDueNow);
    const reserved = worker()?.reserve(dueNow);
    if (reserved === undefined) return journal.append(request, deadline);
    const due = { takenForMs: leaseMs };
    const schedule = request.schedule.map((task) => (isDueNow(task) ? { ...task, due } : task));
    try {
      const outcome = await journal.append({ ...request, schedule }, deadline);
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
