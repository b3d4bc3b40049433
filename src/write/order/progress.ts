import {
  type DomainEvent,
  isPaid,
  learn,
  NOTHING_KNOWN,
  type OrderEvent,
  type OrderFacts,
  type Recorded,
} from '../../events/index.ts';
import type { Task, TaskKey } from '../../journal/index.ts';
import type { Decision } from '../aggregate.ts';
import { awaitsPayment, isOver, refundable } from './order.ts';

/** The kinds of work that the write side puts off, timed by the database. */
export const TASKS = { charge: 'charge', expire: 'expire', refund: 'refund' } as const;

/** `refund:<payment id>`: an order may have several payments to give back. */
const refundKind = (paymentId: string): string => `${TASKS.refund}:${paymentId}`;

/**
 * What an order does next, whatever it has just learned: a function of what it knew before and what it knows now.
 * Written so, and not as an answer to each event, it does not matter in which order the facts come in.
 */
export const progress = (
  known: OrderFacts,
  now: OrderFacts,
): Required<Pick<Decision, 'events' | 'schedule' | 'unschedule'>> => {
  if (now.created === null) return { events: [], schedule: [], unschedule: [] };
  // Of what was heard before the order's beginning nothing has followed yet.
  const before = known.created === null ? NOTHING_KNOWN : known;
  const { orderId } = now.created.data;
  const events = nextEvents(now);
  const after = events.reduce(assume, now);
  return {
    events,
    schedule: [...chargeTasks(before, after), ...expiryTasks(before, after), ...refundTasks(before, after)],
    unschedule: !awaitsPayment(after) && awaitsPayment(before) ? [expiryKey(orderId)] : [],
  };
};

/** The facts as if the event had already been recorded. */
export const assume = (facts: OrderFacts, event: DomainEvent): OrderFacts =>
  learn(facts, {
    envelope: { eventId: '', occurredAt: new Date().toISOString() },
    event,
  } as Recorded<OrderEvent>);

const nextEvents = (facts: OrderFacts): readonly DomainEvent[] => {
  const { created, reserved, reservationFailed, paymentRequested, rejected, cancelled, confirmed } = facts;
  if (created === null) return [];
  const { orderId, paymentMethod } = created.data;
  if (reservationFailed !== null && rejected === null && cancelled === null && confirmed === null) {
    return [{ type: 'OrderRejected', data: { orderId, reason: 'OUT_OF_STOCK' } }];
  }
  if (isOver(facts) || reserved === null) return [];
  if (isPaid(facts)) return [{ type: 'OrderConfirmed', data: { orderId } }];
  if (paymentRequested === null && paymentMethod !== null) return [requestPayment(facts, paymentMethod)];
  return [];
};

/** @throws never for an order that was created: callers know that it was. */
export const requestPayment = ({ created }: OrderFacts, paymentMethod: string): DomainEvent => {
  if (created === null) throw new TypeError('An order that was not created cannot be paid.');
  const { orderId, totalAmount, currency } = created.data;
  return { type: 'PaymentRequested', data: { orderId, amount: totalAmount, currency, paymentMethod, attempt: 1 } };
};

/** The stock is reserved and a payment is asked for: whichever came second makes the charge due. */
const isChargeDue = (facts: OrderFacts): boolean => awaitsPayment(facts) && facts.paymentRequested !== null;

const chargeTasks = (before: OrderFacts, after: OrderFacts): readonly Task[] => {
  if (!isChargeDue(after) || isChargeDue(before) || after.paymentRequested === null) return [];
  const { orderId, amount, currency, paymentMethod, attempt } = after.paymentRequested.data;
  const payload = { amount, currency, paymentMethod, attempt };
  return [{ kind: TASKS.charge, orderId, due: { afterMs: 0 }, payload }];
};

const expiryTasks = (before: OrderFacts, after: OrderFacts): readonly Task[] => {
  if (!awaitsPayment(after) || awaitsPayment(before) || after.reserved === null) return [];
  const { orderId, expiresAt } = after.reserved.data;
  return [{ kind: TASKS.expire, orderId, due: { at: expiresAt }, payload: {} }];
};

const refundTasks = (before: OrderFacts, after: OrderFacts): readonly Task[] => {
  const known = refundable(before);
  return refundable(after)
    .filter((paymentId) => !known.includes(paymentId))
    .flatMap((paymentId) => {
      const payment = after.succeeded[paymentId];
      if (payment === undefined) return [];
      const { orderId, amount, currency } = payment.data;
      return [{ kind: refundKind(paymentId), orderId, due: { afterMs: 0 }, payload: { paymentId, amount, currency } }];
    });
};

const expiryKey = (orderId: string): TaskKey => ({ kind: TASKS.expire, orderId });
