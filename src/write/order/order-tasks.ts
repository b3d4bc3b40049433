import { parseId } from '../../events/index.ts';
import { areSpansRecorded, asSpan, beginSpan } from '../../platform/index.ts';
import type { Execute } from '../execution/run-command.ts';
import { kindOf as nameOf } from '../tasks/kind-of.ts';
import type { ClaimedTask, TaskResult } from '../tasks/task-store.ts';
import { type ChargingParts, charge, expireReservation } from './charges.ts';
import { heedNotice } from './notices.ts';
import { orderAggregate } from './order.ts';
import { TASKS } from './progress.ts';
import { refund } from './refunds.ts';

type Run = (task: ClaimedTask) => Promise<TaskResult>;
type Kind = keyof typeof TASKS;

const kindOf = (task: ClaimedTask): Kind => nameOf(task) as Kind;

/** Whether a kind's tasks ask somebody outside of panier, who may keep them waiting. */
const ASKS_OUTSIDE: Readonly<Record<Kind, boolean>> = { charge: true, notice: true, refund: true, expire: false };

const KINDS: readonly Kind[] = Object.values(TASKS);

/** The kinds that ask somebody outside, and those that do not: whoever is silent holds up none of the latter. */
export const OUTSIDE_KINDS = KINDS.filter((kind) => ASKS_OUTSIDE[kind]);
export const INSIDE_KINDS = KINDS.filter((kind) => !ASKS_OUTSIDE[kind]);

const KNOWN = { maxAgeMs: Number.POSITIVE_INFINITY };

/** What the task follows from; of a notice, which comes from outside, what its order began with. */
const causeOf = async ({ aggregates }: Pick<Execute, 'aggregates'>, task: ClaimedTask): Promise<string | null> => {
  const { traceparent } = task.payload as { readonly traceparent?: unknown };
  if (typeof traceparent === 'string') return traceparent;
  if (kindOf(task) !== 'notice') return null;
  const id = parseId('Order', task.orderId);
  return id === null ? null : (await aggregates.load(orderAggregate, id, KNOWN)).traceparent;
};

/** The same, each attempt as a span in its order's trace. */
const traced =
  (parts: Pick<Execute, 'aggregates'>, run: Run): Run =>
  async (task) => {
    if (!areSpansRecorded()) return run(task);
    const attributes = { 'panier.order.id': task.orderId };
    const span = beginSpan(await causeOf(parts, task), () => ({ name: `task ${TASKS[kindOf(task)]}`, attributes }));
    return asSpan(
      span,
      () => run(task),
      (told, outcome) => told.set({ 'panier.outcome': outcome }),
    );
  };

/** Does what an order has put off. `chargeGraceMs`: how much longer a reservation lasts while its charge is under way. */
export const orderTasks = (parts: ChargingParts, chargeGraceMs: number): Run => {
  const run: Readonly<Record<Kind, Run>> = {
    charge: (task) => charge(parts, task),
    notice: (task) => heedNotice(parts, task),
    refund: (task) => refund(parts, task),
    expire: (task) => expireReservation(parts, task, chargeGraceMs),
  };
  return traced(parts, (task) => run[kindOf(task)](task));
};
