import {
  type DomainEvent,
  type Fact,
  isChargeOpen,
  isRefunded,
  learn,
  NOTHING_KNOWN,
  ORDER_OVER,
  type OrderEvent,
  type OrderFacts,
  type OrderReading,
  PRODUCERS,
  type Recorded,
  readOrder,
  reasonFromReport,
} from '../../events/index.ts';
import type { Decision } from '../execution/aggregate.ts';
import type { Task, TaskKey } from '../journal/append-request.ts';
import { awaitsPayment, needsMethod } from './order.ts';

/** The kinds of work that the write side puts off, timed by the database. */
export const TASKS = { charge: 'charge', expire: 'expire', refund: 'refund', notice: 'notice' } as const;

/** `refund:<payment id>`: an order may have several payments to give back. */
const refundKind = (paymentId: string): string => `${TASKS.refund}:${paymentId}`;

/**
 * What an order does next, whatever it has just learned: a function of what it knew before and what it knows now.
 * Written so, and not as an answer to each event, it does not matter in which order the facts come in.
 */
export const progress = (
  known: OrderFacts,
  now: OrderFacts,
): Required<Pick<Decision, 'events' | 'schedule' | 'unschedule' | 'forgets'>> => {
  if (now.created === null) return { events: [], schedule: [], unschedule: [], forgets: [] };
  // Of what was received before the order's beginning nothing has followed yet.
  const before = known.created === null ? NOTHING_KNOWN : known;
  const { orderId } = now.created.data;
  const events = nextEvents(before, now);
  const after = events.reduce(assume, now);
  return {
    events,
    schedule: [...chargeTasks(before, after), ...expiryTasks(before, after), ...refundTasks(before, after)],
    unschedule: !awaitsPayment(after) && awaitsPayment(before) ? [expiryKey(orderId)] : [],
    forgets: needsMethod(before) && !needsMethod(after) ? [orderId] : [],
  };
};

/** When the owner spoke of the order last, in milliseconds: by the database's clock, as all that it records. */
const lastOwnWordMs = (facts: OrderFacts): number => {
  const { created, paymentRequested, paymentPending, paymentFailed, confirmed, rejected, cancelled } = facts;
  const own = [created, paymentRequested, paymentPending, paymentFailed, confirmed, rejected, cancelled];
  return Math.max(0, ...own.flatMap((fact) => fact?.occurredAt ?? []).map(Date.parse));
};

/**
 * The facts as if the event had already been recorded, by the order's owner. Behind all that the owner has said before, be this
 * process's clock behind the database's: of two payments the wrong one would be given back.
 */
export const assume = (facts: OrderFacts, event: DomainEvent): OrderFacts => {
  const occurredAt = new Date(Math.max(Date.now(), lastOwnWordMs(facts) + 1)).toISOString();
  return learn(facts, {
    envelope: { eventId: '', occurredAt, producer: PRODUCERS.api },
    event,
  } as Recorded<OrderEvent>);
};

/** All that follows: one thing may bring about the next. */
const nextEvents = (before: OrderFacts, now: OrderFacts): readonly DomainEvent[] => {
  const next = nextEvent(before, now);
  return next === null ? [] : [next, ...nextEvents(before, assume(now, next))];
};

const nextEvent = (before: OrderFacts, now: OrderFacts): DomainEvent | null => {
  const { created, reported, paymentRequested } = now;
  if (created === null) return null;
  const { verdict, isOver, stock, isPaid } = readOrder(now);
  const { orderId, methodKind } = created.data;
  if (verdict !== null) return wasNeverCharged(before, now) ? neverCharged(orderId) : null;
  if (stock === 'Short') return { type: 'OrderRejected', data: { orderId, reason: 'OUT_OF_STOCK' } };
  if (isOver) return { type: 'OrderCancelled', data: { orderId, reason: 'The stock was given back.' } };
  if (isPaid) return stock === 'Reserved' ? { type: 'OrderConfirmed', data: { orderId } } : null;
  if (reported !== null) return { type: 'OrderCancelled', data: { orderId, reason: reasonFromReport(reported.data) } };
  const isDue = stock === 'Reserved' && paymentRequested === null && methodKind !== null;
  return isDue ? requestPayment(now, methodKind) : null;
};

/** Its end came before its charge was due: nobody else would say how the charge ended. */
const wasNeverCharged = (before: OrderFacts, now: OrderFacts): boolean =>
  isChargeOpen(now) && !readOrder(before).isOver && !isChargeDue(before);

/** The owner's word on a charge that came to nothing after the order was over. */
export const chargeFailed = (orderId: string, message: string): DomainEvent => ({
  type: 'PaymentFailed',
  data: { orderId, reason: ORDER_OVER, message },
});

const neverCharged = (orderId: string): DomainEvent =>
  chargeFailed(orderId, 'The order was over before it was charged.');

/** @throws never for an order that was created: callers know that it was. */
export const requestPayment = ({ created }: OrderFacts, methodKind: string, reason?: string): DomainEvent => {
  if (created === null) throw new TypeError('An order that was not created cannot be paid.');
  const { orderId, totalAmount, currency } = created.data;
  const data = { orderId, amount: totalAmount, currency, methodKind, attempt: 1 };
  return { type: 'PaymentRequested', data: reason === undefined ? data : { ...data, reason } };
};

/** The stock is reserved and a payment is asked for: whichever came second makes the charge due. */
const isChargeDue = (facts: OrderFacts): boolean => awaitsPayment(facts) && facts.paymentRequested !== null;

/** The order has come to its end while its charge is pending: that may have been put off for long, and is to be cancelled. */
const isGivenUp = (before: OrderFacts, after: OrderFacts): boolean =>
  after.paymentPending !== undefined && isChargeOpen(after) && readOrder(after).isOver && !readOrder(before).isOver;

const chargeTasks = (before: OrderFacts, after: OrderFacts): readonly Task[] => {
  if (after.paymentRequested === null) return [];
  const { orderId, amount, currency, attempt } = after.paymentRequested.data;
  const task = { kind: TASKS.charge, orderId, payload: { amount, currency, attempt } };
  if (isChargeDue(after) && !isChargeDue(before)) return [{ ...task, due: { afterMs: 0 } }];
  // Not for now: whoever writes a task for now charges without a look at the order.
  return isGivenUp(before, after) ? [{ ...task, due: { afterMs: 1 } }] : [];
};

const expiryTasks = (before: OrderFacts, after: OrderFacts): readonly Task[] => {
  if (!awaitsPayment(after) || awaitsPayment(before) || after.reserved === null) return [];
  const { orderId, expiresAt } = after.reserved.data;
  return [{ kind: TASKS.expire, orderId, due: { at: expiresAt }, payload: {} }];
};

type Payment = Fact<'PaymentSucceeded'>;
type OrderMoney = OrderReading['money'];

const refundTasks = (before: OrderFacts, after: OrderFacts): readonly Task[] => {
  const [known, now] = [readOrder(before).money, readOrder(after).money];
  const owedBefore = idsOf(known.owedBack);
  const isOwed = (id: string): boolean => idsOf(now.owedBack).includes(id);
  // Said to be earlier than was known, one may cover the order that is on its way back: whose place it would take is kept.
  if (owedBefore.some((id) => !isOwed(id) && !isRefunded(after, id))) return [];
  const isNew = ({ data }: Payment): boolean => !owedBefore.includes(data.paymentId);
  return (isCoverGone(known, now) ? now.owedBack : now.owedBack.filter(isNew)).map(refundTask);
};

/**
 * Nothing that covered the order does so still, and what does was not on its way back: nobody's place is kept any more, and
 * one may be owed for which no task was written.
 */
const isCoverGone = (known: OrderMoney, now: OrderMoney): boolean =>
  known.kept.length > 0 && !idsOf(known.kept).some((id) => idsOf(now.kept).includes(id));

/** Written again it is the same task, and under its key the provider refunds once. */
const refundTask = ({ data: { orderId, paymentId, amount, currency } }: Payment): Task => ({
  kind: refundKind(paymentId),
  orderId,
  due: { afterMs: 0 },
  payload: { paymentId, amount, currency },
});

const idsOf = (payments: readonly Payment[]): readonly string[] => payments.map(({ data }) => data.paymentId);

const expiryKey = (orderId: string): TaskKey => ({ kind: TASKS.expire, orderId });
