import {
  type Currency,
  type Decimal,
  type DomainEvent,
  type OrderFacts,
  type OrderId,
  parseId,
  readOrder,
} from '../../events/index.ts';
import { NO_DEADLINE, ok } from '../../platform/index.ts';
import type { Decision, Loaded } from '../execution/aggregate.ts';
import type { Aggregates } from '../execution/aggregates.ts';
import type { Executor } from '../execution/executor.ts';
import type { TaskKey } from '../journal/unit.ts';
import type { ChargeRequest, ChargeResult, PaymentProvider } from '../payment/provider.ts';
import type { ClaimedTask } from '../tasks/task-store.ts';
import { expire, recordWithConsequences } from './decide.ts';
import { isRefunded, orderAggregate } from './order.ts';
import { chargeFailed } from './progress.ts';

export interface ChargingParts {
  readonly executor: Executor;
  readonly aggregates: Aggregates;
  readonly provider: PaymentProvider;
}

type ChargePayload = Pick<ChargeRequest, 'amount' | 'currency' | 'paymentMethod'> & { readonly attempt: number };
type RefundPayload = { readonly paymentId: string; readonly amount: Decimal; readonly currency: Currency };

/** Tasks are written together with the order that they are of. */
const orderOf = ({ orderId }: TaskKey): OrderId => {
  const id = parseId('Order', orderId);
  if (id === null) throw new TypeError(`A task is of ${orderId}, which is no order.`);
  return id;
};

const write = async ({ executor }: ChargingParts, task: TaskKey, decide: (order: Loaded<OrderFacts>) => Decision) => {
  await executor.run({
    aggregate: orderAggregate,
    id: orderOf(task),
    decide: (order) => ok(decide(order)),
    request: null,
    causationId: null,
    traceparent: null,
    deadline: NO_DEADLINE,
  });
};

/**
 * Charges an order. The intent stands in the journal (PaymentRequested) and the task stays until the provider has
 * answered, so a crash at any point ends in the same question under the same key.
 * @throws {ProviderUnreachable}
 */
export const charge = async (parts: ChargingParts, task: ClaimedTask): Promise<void> => {
  const { amount, currency, paymentMethod, attempt } = task.payload as ChargePayload;
  if (await isPointless(parts, task)) return drop(parts, task);
  const idempotencyKey = `${task.orderId}:${attempt}`;
  const result = await parts.provider.charge({
    idempotencyKey,
    orderId: task.orderId,
    amount,
    currency,
    paymentMethod,
  });
  await write(parts, task, ({ state }) => afterCharge(state, task, { result, amount, currency }));
};

/** The order was over before the provider was ever asked. Once it was, only the provider knows. */
const isPointless = async ({ aggregates }: ChargingParts, task: ClaimedTask) => {
  if (task.isJustWritten || task.earlierAttempts > 0) return false;
  return readOrder((await aggregates.load(orderAggregate, orderOf(task), { maxAgeMs: 0 })).state).isOver;
};

interface Charged {
  readonly result: ChargeResult;
  readonly amount: Decimal;
  readonly currency: Currency;
}

/** A success that comes too late is recorded all the same; what follows from it is a refund. */
const afterCharge = (facts: OrderFacts, task: TaskKey, { result, amount, currency }: Charged): Decision => {
  const { orderId } = task;
  const origin = { done: task, causedBy: facts.paymentRequested?.eventId };
  if (result.type === 'Succeeded') {
    // Another worker, whose lease had ended, was told the same.
    if (Object.hasOwn(facts.succeeded, result.paymentId)) return { events: [], unschedule: [task] };
    const data = { orderId, paymentId: result.paymentId, amount, currency };
    return recordWithConsequences(facts, [{ type: 'PaymentSucceeded', data }], origin);
  }
  return afterDecline(facts, task, result.message);
};

/** The first answer to a charge counts. One that comes after the order's end is recorded all the same, and ends nothing. */
const afterDecline = (facts: OrderFacts, task: TaskKey, message: string): Decision => {
  if (facts.isChargeAnswered) return { events: [], unschedule: [task] };
  const { orderId } = task;
  const declined: DomainEvent = { type: 'PaymentFailed', data: { orderId, reason: 'PAYMENT_DECLINED', message } };
  const events = [readOrder(facts).isOver ? chargeFailed(orderId, message) : declined];
  return recordWithConsequences(facts, events, { done: task, causedBy: facts.paymentRequested?.eventId });
};

/** Gives a payment back. @throws {ProviderUnreachable} */
export const refund = async (parts: ChargingParts, task: ClaimedTask): Promise<void> => {
  const { paymentId, amount, currency } = task.payload as RefundPayload;
  await parts.provider.refund({ idempotencyKey: `refund:${paymentId}`, paymentId, amount, currency });
  await write(parts, task, ({ id, state }) => {
    if (isRefunded(state, paymentId)) return { events: [], unschedule: [task] };
    const data = { orderId: id, paymentId, amount, currency, reason: 'The order did not go through.' };
    const refunded: DomainEvent = { type: 'PaymentRefunded', data };
    return recordWithConsequences(state, [refunded], { done: task, causedBy: state.succeeded[paymentId]?.eventId });
  });
};

export const expireReservation = (parts: ChargingParts, task: ClaimedTask, graceMs: number): Promise<void> => {
  const { kind, orderId, payload } = task;
  return write(parts, task, (order) => expire(order, { kind, orderId, payload }, graceMs));
};

const NEVER_ASKED = 'The order was over before it was charged.';

const drop = (parts: ChargingParts, task: ClaimedTask): Promise<void> =>
  write(parts, task, ({ state }) => afterDecline(state, task, NEVER_ASKED));
