import { type DomainEvent, type OrderFacts, type OrderId, parseId, paymentIn, readOrder } from '../../events/index.ts';
import { assertNever, currentTraceparent, NO_DEADLINE, ok } from '../../platform/index.ts';
import { type Decision, type Loaded, NOTHING } from '../execution/aggregate.ts';
import type { Execute } from '../execution/run-command.ts';
import type { TaskKey } from '../journal/append-request.ts';
import type { KeptReference } from '../payment/kept-methods.ts';
import type { CancelRequest, ChargeRequest, ChargeResult, PaymentProvider, Tell } from '../payment/provider.ts';
import { textWithout, withoutReference } from '../payment/without-reference.ts';
import type { ClaimedTask, TaskResult } from '../tasks/task-store.ts';
import { expire, recordWithConsequences } from './decide.ts';
import { orderAggregate } from './order.ts';
import { chargeFailed, TASKS } from './progress.ts';

export interface ChargingParts extends Execute {
  readonly provider: PaymentProvider;
  readonly keptReference: KeptReference;
}

interface ChargePayload extends Pick<ChargeRequest, 'amount' | 'currency'> {
  readonly attempt: number;
  /** The reference, in tasks of before ADR-051. */
  readonly paymentMethod?: string;
}

/** Tasks are written together with the order that they are of. */
export const orderOf = ({ orderId }: TaskKey): OrderId => {
  const id = parseId('Order', orderId);
  if (id === null) throw new TypeError(`A task is of ${orderId}, which is no order.`);
  return id;
};

export const writeToOrder = async (
  { executor }: Pick<Execute, 'executor'>,
  task: TaskKey,
  decide: (order: Loaded<OrderFacts>) => Decision,
): Promise<void> => {
  await executor.run({
    aggregate: orderAggregate,
    id: orderOf(task),
    decide: (order) => ok(decide(order)),
    request: null,
    causationId: null,
    traceparent: currentTraceparent(),
    deadline: NO_DEADLINE,
  });
};

type Charged = { readonly orderId: string; readonly attempt: number };

/** Under which the provider is asked for a charge. */
export const chargeKeyOf = ({ orderId, attempt }: Charged): string => `${orderId}:${attempt}`;

const isFinal = ({ type }: ChargeResult): boolean => type === 'Succeeded' || type === 'Declined';

/**
 * Charges an order. The intent stands in the journal (PaymentRequested) and the task stays until the provider has come to
 * an end, so a crash at any point ends in the same question under the same key.
 * @throws {ProviderUnreachable}
 */
export const charge = async (parts: ChargingParts, task: ClaimedTask): Promise<TaskResult> => {
  const result = await ask(parts, task);
  await writeToOrder(parts, task, ({ state }) => afterCharge(state, task, result));
  return isFinal(result) ? 'Done' : 'Later';
};

const NEVER_ASKED: ChargeResult = { type: 'Declined', message: 'The order was over before it was charged.' };

const ask = async (parts: ChargingParts, task: ClaimedTask): Promise<ChargeResult> => {
  if (task.isJustWritten) return chargeNow(parts, task);
  const { aggregates, provider } = parts;
  const { state } = await aggregates.load(orderAggregate, orderOf(task), { maxAgeMs: 0 });
  const isPending = state.paymentPending !== undefined;
  if (!readOrder(state).isOver)
    return isPending ? provider.status(toCharge(task).idempotencyKey) : chargeNow(parts, task);
  if (!isPending && task.earlierAttempts === 0) return NEVER_ASKED;
  // An earlier attempt may have charged, and may not: to charge is no way to ask, once nothing is to be charged any more.
  return provider.cancel(toCharge(task));
};

const toCharge = ({ orderId, payload }: ClaimedTask): CancelRequest => {
  const { amount, currency, attempt } = payload as ChargePayload;
  return { idempotencyKey: chargeKeyOf({ orderId, attempt }), orderId, amount, currency };
};

const NOT_KEPT: ChargeResult = { type: 'Declined', message: 'The payment method is not kept any more.' };

const chargeNow = async ({ provider, keptReference }: ChargingParts, task: ClaimedTask): Promise<ChargeResult> => {
  const asked = toCharge(task);
  const { paymentMethod } = task.payload as ChargePayload;
  const reference = paymentMethod ?? (await keptReference(task.orderId));
  // Decided meanwhile, as another worker or the provider told; what was asked for once, the provider knows.
  if (reference === null) return task.earlierAttempts === 0 ? NOT_KEPT : provider.status(asked.idempotencyKey);
  const result = await withoutReference(reference, () => provider.charge({ ...asked, paymentMethod: reference }));
  return result.type === 'Declined' ? { ...result, message: textWithout(reference, result.message) } : result;
};

/**
 * What the provider tells by itself is written as if it had been asked. What it says of a charge that has an outcome, or that
 * nobody asked for, changes nothing.
 */
export const openTell =
  (parts: Pick<Execute, 'executor'>): Tell =>
  async ({ idempotencyKey, result }) => {
    const orderId = idempotencyKey.slice(0, idempotencyKey.lastIndexOf(':'));
    const task = { kind: TASKS.charge, orderId };
    await writeToOrder(parts, task, ({ state }) => {
      const asked = state.paymentRequested;
      return asked !== null && chargeKeyOf(asked.data) === idempotencyKey ? afterCharge(state, task, result) : NOTHING;
    });
  };

const afterCharge = (facts: OrderFacts, task: TaskKey, result: ChargeResult): Decision => {
  switch (result.type) {
    case 'Succeeded':
      return afterSuccess(facts, task, result);
    case 'Declined':
      return afterDecline(facts, task, result.message);
    case 'Pending':
      return afterPending(facts, task, 'PROVIDER');
    case 'ActionRequired':
      return afterPending(facts, task, 'CUSTOMER');
  }
  return assertNever(result);
};

type Success = Extract<ChargeResult, { readonly type: 'Succeeded' }>;

/** A success that comes too late is recorded all the same; what follows from it is a refund. */
const afterSuccess = (facts: OrderFacts, task: TaskKey, { paymentId, received }: Success): Decision => {
  const { paymentRequested } = facts;
  const known = paymentIn(facts, paymentId);
  // Told before, by the provider or to another worker, whose lease had ended. Another service's word is no answer to our charge.
  const isToldBefore = known !== undefined && known.isOthers !== true;
  if (paymentRequested === null || isToldBefore) return { events: [], unschedule: [task] };
  const { orderId, amount, currency } = paymentRequested.data;
  const data = { orderId, paymentId, ...(received ?? { amount, currency }) };
  const paid: DomainEvent = { type: 'PaymentSucceeded', data };
  return recordWithConsequences(facts, [paid], { done: task, causedBy: paymentRequested.eventId });
};

/** The first answer to a charge counts. One that comes after the order's end is recorded all the same, and ends nothing. */
const afterDecline = (facts: OrderFacts, task: TaskKey, message: string): Decision => {
  if (facts.isChargeAnswered) return { events: [], unschedule: [task] };
  const { orderId } = task;
  const declined: DomainEvent = { type: 'PaymentFailed', data: { orderId, reason: 'PAYMENT_DECLINED', message } };
  const events = [readOrder(facts).isOver ? chargeFailed(orderId, message) : declined];
  return recordWithConsequences(facts, events, { done: task, causedBy: facts.paymentRequested?.eventId });
};

/** The task stays: what is never told is asked for again. */
const afterPending = (facts: OrderFacts, task: TaskKey, waitsFor: 'PROVIDER' | 'CUSTOMER'): Decision => {
  if (facts.isChargeAnswered) return { events: [], unschedule: [task] };
  if (facts.paymentPending?.data.waitsFor === waitsFor) return NOTHING;
  const pending: DomainEvent = { type: 'PaymentPending', data: { orderId: task.orderId, waitsFor } };
  return recordWithConsequences(facts, [pending], { causedBy: facts.paymentRequested?.eventId });
};

export const expireReservation = async (parts: Execute, task: ClaimedTask, graceMs: number): Promise<TaskResult> => {
  const { kind, orderId, payload } = task;
  await writeToOrder(parts, task, (order) => expire(order, { kind, orderId, payload }, graceMs));
  return 'Done';
};
