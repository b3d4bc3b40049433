import type { DomainEvent, JsonObject, OrderFacts } from '../../events/index.ts';
import { assertNever } from '../../platform/index.ts';
import type { Decision } from '../execution/aggregate.ts';
import type { Dispute, Learned, Tell } from '../payment/provider.ts';
import type { ClaimedTask, TaskResult } from '../tasks/task-store.ts';
import { type ChargingParts, openTell, writeToOrder } from './charges.ts';
import { recordWithConsequences } from './decide.ts';

interface Heeding extends ChargingParts {
  readonly tell: Tell;
}

/** Twice told changes nothing. */
const afterDispute = (facts: OrderFacts, task: ClaimedTask, dispute: Dispute): Decision => {
  const { kind, orderId } = task;
  const done = { kind, orderId };
  const { disputes = {}, succeeded } = facts;
  const known = Object.hasOwn(disputes, dispute.disputeId) ? disputes[dispute.disputeId] : undefined;
  if (known?.data.status === dispute.status) return { events: [], unschedule: [done] };
  const disputed: DomainEvent = { type: 'PaymentDisputed', data: { orderId, ...dispute } };
  const causedBy = Object.hasOwn(succeeded, dispute.paymentId) ? succeeded[dispute.paymentId]?.eventId : undefined;
  return recordWithConsequences(facts, [disputed], { done, causedBy });
};

const heedLearned = async (parts: Heeding, task: ClaimedTask, learned: Learned): Promise<void> => {
  const { kind, orderId } = task;
  switch (learned.type) {
    case 'Dispute':
      return writeToOrder(parts, task, ({ state }) => afterDispute(state, task, learned.dispute));
    case 'Charge':
      await parts.tell(learned);
      return writeToOrder(parts, task, () => ({ events: [], unschedule: [{ kind, orderId }] }));
    case 'Nothing':
      return writeToOrder(parts, task, () => ({ events: [], unschedule: [{ kind, orderId }] }));
  }
  return assertNever(learned);
};

/** Looks into what the payment provider has told by itself. @throws {ProviderUnreachable} */
export const heedNotice = async (parts: ChargingParts, task: ClaimedTask): Promise<TaskResult> => {
  const learned = await parts.provider.notices?.look(task.payload as JsonObject);
  await heedLearned({ ...parts, tell: openTell(parts) }, task, learned ?? { type: 'Nothing' });
  return 'Done';
};
