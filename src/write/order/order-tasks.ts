import type { ClaimedTask, TaskResult } from '../tasks/task-store.ts';
import { type ChargingParts, charge, expireReservation, refund } from './charges.ts';
import { heedNotice } from './notices.ts';
import type { TASKS } from './progress.ts';

/** Does what an order has put off. `chargeGraceMs`: how much longer a reservation lasts while its charge is under way. */
export const orderTasks = (
  parts: ChargingParts,
  chargeGraceMs: number,
): ((task: ClaimedTask) => Promise<TaskResult>) => {
  const run: Readonly<Record<keyof typeof TASKS, (task: ClaimedTask) => Promise<TaskResult>>> = {
    charge: (task) => charge(parts, task),
    notice: (task) => heedNotice(parts, task),
    refund: (task) => refund(parts, task),
    expire: (task) => expireReservation(parts, task, chargeGraceMs),
  };
  // A kind's variants are named `kind:…`.
  return (task) => run[task.kind.split(':')[0] as keyof typeof TASKS](task);
};
