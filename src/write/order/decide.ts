import {
  type DomainEvent,
  isChargeOpen,
  type OrderFacts,
  ownerKey,
  PAYMENT_EXPIRED,
  type Recorded,
  type Rejection,
  reaches,
  readOrder,
} from '../../events/index.ts';
import { err, ok, type Result } from '../../platform/index.ts';
import { type Decision, type Loaded, NOTHING } from '../execution/aggregate.ts';
import type { Commander } from '../execution/commander.ts';
import type { Task, TaskKey } from '../journal/append-request.ts';
import type { PaymentMethod } from '../payment/provider.ts';
import { awaitsPayment, orderAggregate } from './order.ts';
import { assume, progress, requestPayment, TASKS } from './progress.ts';

type LoadedOrder = Loaded<OrderFacts>;
type Decided = Result<Decision, Rejection>;

interface Origin {
  /** The task that is done with this. */
  readonly done?: TaskKey;
  /** The event that this follows from. */
  readonly causedBy?: string | undefined;
}

/** The decision to record these events, with everything that follows from them. */
export const recordWithConsequences = (
  facts: OrderFacts,
  events: readonly DomainEvent[],
  { done, causedBy }: Origin = {},
): Decision => {
  const { events: further, schedule, unschedule, forgets } = progress(facts, events.reduce(assume, facts));
  // One statement must not delete a task's row twice.
  const others = unschedule.filter(({ kind }) => kind !== done?.kind);
  return {
    events: [...events, ...further],
    schedule,
    unschedule: done === undefined ? unschedule : [done, ...others],
    forgets,
    causedBy,
  };
};

/** An event of another service, and what follows from it; nothing when it was received before. */
export const receive = ({ state, received }: LoadedOrder, recorded: Recorded): Decision => {
  if (received.has(recorded.envelope.eventId)) return NOTHING;
  // With its own time, not as if it had just occurred: of two payments the earlier one is kept.
  return { ...progress(state, orderAggregate.evolve(state, recorded)), receives: recorded };
};

interface Payment {
  readonly method: PaymentMethod;
  readonly reason?: string | undefined;
}

/** The reference is kept until the charge is decided; the event says the kind alone. */
export const payOrder = (order: LoadedOrder, { method, reason }: Payment, context: Commander): Decided => {
  const facts = order.state;
  if (!isVisible(order, context)) return err(noSuchOrder(order.id));
  const { isOver, isPaid } = readOrder(facts);
  if (isOver) return err(closed(order.id));
  if (isPaid) return err(inProgress(`Order ${order.id} is paid: it is confirmed as soon as its stock is reserved.`));
  if (facts.paymentRequested !== null || facts.created?.data.methodKind !== null)
    return err(inProgress(`A payment of order ${order.id} is already under way.`));
  const decision = recordWithConsequences(facts, [requestPayment(facts, method.kind, reason)]);
  return ok({ ...decision, keeps: { orderId: order.id, reference: method.reference } });
};

const DEFAULT_REASON = 'cancelled by the customer';

/** A payment that is under way does not stand against it: should it succeed after all, it is refunded. */
export const cancelOrder = (order: LoadedOrder, reason: string | null, context: Commander): Decided => {
  if (!isVisible(order, context)) return err(noSuchOrder(order.id));
  if (readOrder(order.state).isOver) return err(closed(order.id));
  const data = { orderId: order.id, reason: reason ?? DEFAULT_REASON };
  return ok(recordWithConsequences(order.state, [{ type: 'OrderCancelled', data }]));
};

/** Marks the expiry of a reservation whose time was lengthened once. */
const IN_GRACE = { inGrace: true };

/** The reservation's time once more, from its own end on: it outlasts a restart, and no clock but the database's is asked. */
const afterGrace = ({ id, state }: LoadedOrder, graceMs: number): Task => {
  const expiresAtMs = Date.parse(state.reserved?.data.expiresAt ?? '');
  const at = new Date(expiresAtMs + graceMs).toISOString();
  return { kind: TASKS.expire, orderId: id, due: { at }, payload: IN_GRACE };
};

export interface Expiry extends TaskKey {
  readonly payload: object;
}

/**
 * The reservation's time is up. Nothing, when the order was over before. One that is paid is confirmed, where nobody has: an
 * older version may have weighed its payments in another way, and nothing else decides it any more. A charge under way holds
 * it for `graceMs` more, once: the provider may be taking the customer's money just now.
 */
export const expire = (order: LoadedOrder, { payload, ...done }: Expiry, graceMs: number): Decision => {
  const { id, state } = order;
  if (!awaitsPayment(state)) return recordWithConsequences(state, [], { done });
  const isLengthened = graceMs === 0 || 'inGrace' in payload;
  if (isChargeOpen(state) && !isLengthened) return { events: [], schedule: [afterGrace(order, graceMs)] };
  const message = 'The reservation expired before the order was paid.';
  const failed: DomainEvent = { type: 'PaymentFailed', data: { orderId: id, reason: PAYMENT_EXPIRED, message } };
  return recordWithConsequences(state, [failed], { done, causedBy: state.reserved?.eventId });
};

const isVisible = ({ state: { created } }: LoadedOrder, { reach }: Commander): boolean =>
  created !== null && reaches(reach, ownerKey(created.data));

const noSuchOrder = (id: string): Rejection => ({
  code: 'NOT_FOUND',
  message: `There is no order ${id}.`,
  path: ['orderId'],
});

const inProgress = (message: string): Rejection => ({
  code: 'PAYMENT_IN_PROGRESS',
  message,
  path: ['orderId'],
});

const closed = (id: string): Rejection => ({
  code: 'ORDER_CLOSED',
  message: `Order ${id} is closed: it can be neither paid nor cancelled any more.`,
  path: ['orderId'],
});
