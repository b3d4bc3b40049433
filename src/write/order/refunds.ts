import { type DomainEvent, isChargeOpen, isRefunded, paymentIn } from '../../events/index.ts';
import type { Execute } from '../execution/run-command.ts';
import type { RefundRequest } from '../payment/provider.ts';
import type { ClaimedTask, TaskResult } from '../tasks/task-store.ts';
import { type ChargingParts, orderOf, writeToOrder } from './charges.ts';
import { recordWithConsequences } from './decide.ts';
import { orderAggregate } from './order.ts';

type RefundPayload = Pick<RefundRequest, 'paymentId' | 'amount' | 'currency'>;

/** What is to be given back, as the order knows it by now; null while that may change. */
const owedOf = async (
  { aggregates }: Pick<Execute, 'aggregates'>,
  task: ClaimedTask,
): Promise<RefundPayload | null> => {
  const { paymentId, ...asked } = task.payload as RefundPayload;
  const { state } = await aggregates.load(orderAggregate, orderOf(task), { maxAgeMs: 0 });
  const payment = paymentIn(state, paymentId);
  // Another service may have told of our own charge before its answer came, and of another amount.
  if (payment?.isOthers === true && isChargeOpen(state)) return null;
  const { amount, currency } = payment?.data ?? asked;
  return { paymentId, amount, currency };
};

/** Gives a payment back. @throws {ProviderUnreachable} */
export const refund = async (parts: ChargingParts, task: ClaimedTask): Promise<TaskResult> => {
  const owed = await owedOf(parts, task);
  if (owed === null) return 'Later';
  const { paymentId, amount, currency } = owed;
  const { orderId } = task;
  await parts.provider.refund({ idempotencyKey: `refund:${paymentId}`, orderId, paymentId, amount, currency });
  await writeToOrder(parts, task, ({ id, state }) => {
    if (isRefunded(state, paymentId)) return { events: [], unschedule: [task] };
    const data = { orderId: id, paymentId, amount, currency, reason: 'The order did not go through.' };
    const refunded: DomainEvent = { type: 'PaymentRefunded', data };
    return recordWithConsequences(state, [refunded], { done: task, causedBy: paymentIn(state, paymentId)?.eventId });
  });
  return 'Done';
};
