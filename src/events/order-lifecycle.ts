import { assertNever } from '../platform/index.ts';
import type { DataOf, EventType, OrderEvent, Shortage, StockLine } from './catalogue.ts';
import type { Recorded } from './envelope.ts';
import { toMinor } from './money.ts';

export type OrderStatus = 'PENDING' | 'AWAITING_PAYMENT' | 'CONFIRMED' | 'REJECTED' | 'COMPENSATING' | 'CANCELLED';
export type OrderFailureReason = 'OUT_OF_STOCK' | 'PAYMENT_DECLINED' | 'PAYMENT_EXPIRED' | 'CANCELLED_BY_CUSTOMER';

export interface OrderFailure {
  readonly reason: OrderFailureReason;
  readonly message: string;
  readonly productIds: readonly string[];
}

/** One thing known of an order: the data of the event that says it, and when it occurred. */
export interface Fact<T extends EventType> {
  readonly eventId: string;
  readonly occurredAt: string;
  readonly data: DataOf<T>;
}

/**
 * What is known of an order: at most one fact of each kind, except payments, one of each kind per payment id.
 * A plain JSON value. It is a function of the *set* of the order's events: {@link learn} gives the same facts for every
 * order and every repetition of them.
 */
export interface OrderFacts {
  readonly created: Fact<'OrderCreated'> | null;
  readonly reserved: Fact<'StockReserved'> | null;
  readonly reservationFailed: Fact<'StockReservationFailed'> | null;
  readonly paymentRequested: Fact<'PaymentRequested'> | null;
  readonly paymentFailed: Fact<'PaymentFailed'> | null;
  readonly confirmed: Fact<'OrderConfirmed'> | null;
  readonly rejected: Fact<'OrderRejected'> | null;
  readonly cancelled: Fact<'OrderCancelled'> | null;
  readonly compensated: Fact<'StockCompensated'> | null;
  readonly succeeded: Readonly<Record<string, Fact<'PaymentSucceeded'>>>;
  readonly refunded: Readonly<Record<string, Fact<'PaymentRefunded'>>>;
}

export const NOTHING_KNOWN: OrderFacts = {
  created: null,
  reserved: null,
  reservationFailed: null,
  paymentRequested: null,
  paymentFailed: null,
  confirmed: null,
  rejected: null,
  cancelled: null,
  compensated: null,
  succeeded: {},
  refunded: {},
};

/** Of two facts that contradict each other the earlier one stands, whichever was heard first. */
const earlier = <T extends EventType>(known: Fact<T> | null | undefined, heard: Fact<T>): Fact<T> => {
  if (known === null || known === undefined) return heard;
  const order = Date.parse(known.occurredAt) - Date.parse(heard.occurredAt);
  if (order !== 0) return order < 0 ? known : heard;
  return known.eventId <= heard.eventId ? known : heard;
};

/** The facts after one more event of the order. */
export const learn = (facts: OrderFacts, { envelope, event }: Recorded<OrderEvent>): OrderFacts => {
  const { eventId, occurredAt } = envelope;
  const fact = <T extends EventType>(data: DataOf<T>): Fact<T> => ({ eventId, occurredAt, data });
  switch (event.type) {
    case 'OrderCreated':
      return { ...facts, created: earlier(facts.created, fact(event.data)) };
    case 'StockReserved':
      return { ...facts, reserved: earlier(facts.reserved, fact(event.data)) };
    case 'StockReservationFailed':
      return { ...facts, reservationFailed: earlier(facts.reservationFailed, fact(event.data)) };
    case 'PaymentRequested':
      return { ...facts, paymentRequested: earlier(facts.paymentRequested, fact(event.data)) };
    case 'PaymentFailed':
      return { ...facts, paymentFailed: earlier(facts.paymentFailed, fact(event.data)) };
    case 'OrderConfirmed':
      return { ...facts, confirmed: earlier(facts.confirmed, fact(event.data)) };
    case 'OrderRejected':
      return { ...facts, rejected: earlier(facts.rejected, fact(event.data)) };
    case 'OrderCancelled':
      return { ...facts, cancelled: earlier(facts.cancelled, fact(event.data)) };
    case 'StockCompensated':
      return { ...facts, compensated: earlier(facts.compensated, fact(event.data)) };
    case 'PaymentSucceeded':
      return { ...facts, succeeded: withPayment(facts.succeeded, fact(event.data)) };
    case 'PaymentRefunded':
      return { ...facts, refunded: withPayment(facts.refunded, fact(event.data)) };
  }
  return assertNever(event);
};

const withPayment = <T extends 'PaymentSucceeded' | 'PaymentRefunded'>(
  known: Readonly<Record<string, Fact<T>>>,
  fact: Fact<T>,
): Readonly<Record<string, Fact<T>>> => {
  const { paymentId } = fact.data as DataOf<'PaymentSucceeded'>;
  return { ...known, [paymentId]: earlier(known[paymentId], fact) };
};

/** The lines whose stock is held, or sold, for the order: none once it was given back. */
export const linesHeld = ({ reserved, compensated }: OrderFacts): readonly StockLine[] => {
  if (reserved === null || (compensated !== null && compensated.data.lines.length > 0)) return [];
  return reserved.data.lines;
};

/** What a payment is worth to the order, in minor units of its currency. */
export const paidMinor = ({ created }: OrderFacts, { data }: Fact<'PaymentSucceeded'>): number =>
  created?.data.currency === data.currency ? (toMinor(data.amount, data.currency) ?? 0) : 0;

/** Whether the payments that succeeded cover the order's total. Not before the order is known. */
export const isPaid = (facts: OrderFacts): boolean => {
  const payments = Object.values(facts.succeeded);
  if (facts.created === null || payments.length === 0) return false;
  const paid = payments.reduce((sum, payment) => sum + paidMinor(facts, payment), 0);
  return paid >= totalMinor(facts.created.data);
};

/** The total of an order in minor units of its currency. */
export const totalMinor = ({ totalAmount, currency }: DataOf<'OrderCreated'>): number =>
  toMinor(totalAmount, currency) ?? Number.POSITIVE_INFINITY;

/** Whether the order's failure is settled: what it held was given back, or it is known to hold nothing. */
const isSettled = ({ compensated, reserved, reservationFailed, cancelled }: OrderFacts): boolean => {
  if (compensated === null) return reservationFailed !== null && cancelled !== null;
  return compensated.data.lines.length === 0 || reserved !== null;
};

/** Confirmed, unless the stock went back all the same because other services told of both success and failure. */
const isConfirmed = (facts: OrderFacts): boolean => {
  if (facts.confirmed === null || facts.reserved === null || !isPaid(facts)) return false;
  return !hasFailed(facts) || linesHeld(facts).length > 0;
};

const hasFailed = ({ cancelled, paymentFailed }: OrderFacts): boolean => cancelled !== null || paymentFailed !== null;

/** The order's status: a function of the facts alone, so of the set of its events. */
export const statusOf = (facts: OrderFacts): OrderStatus => {
  if (facts.rejected !== null && facts.reservationFailed !== null) return 'REJECTED';
  if (isConfirmed(facts)) return 'CONFIRMED';
  if (hasFailed(facts)) return isSettled(facts) ? 'CANCELLED' : 'COMPENSATING';
  return facts.reserved === null ? 'PENDING' : 'AWAITING_PAYMENT';
};

export const isFinal = (status: OrderStatus): boolean =>
  status === 'CONFIRMED' || status === 'REJECTED' || status === 'CANCELLED';

/** When an unpaid reservation is given back (RFC 3339); null unless the order waits for its payment. */
export const reservationExpiresAt = (facts: OrderFacts): string | null => {
  if (statusOf(facts) !== 'AWAITING_PAYMENT' || isPaid(facts)) return null;
  return facts.reserved?.data.expiresAt ?? null;
};

/** Why the order did not go through; null while it may, and when it did. */
export const failureOf = (facts: OrderFacts): OrderFailure | null => {
  const status = statusOf(facts);
  if (status === 'REJECTED') return outOfStock(facts.reservationFailed?.data.shortages ?? []);
  if (status !== 'COMPENSATING' && status !== 'CANCELLED') return null;
  return paymentFailedFirst(facts) ? failedPayment(facts) : cancelledByCustomer(facts);
};

const paymentFailedFirst = ({ paymentFailed, cancelled }: OrderFacts): boolean => {
  if (paymentFailed === null || cancelled === null) return paymentFailed !== null;
  return Date.parse(paymentFailed.occurredAt) <= Date.parse(cancelled.occurredAt);
};

const outOfStock = (shortages: readonly Shortage[]): OrderFailure => ({
  reason: 'OUT_OF_STOCK',
  message: shortages
    .map(({ productId, requested, available }) => `${productId}: ${requested} wanted, ${available} available`)
    .join('; '),
  productIds: shortages.map(({ productId }) => productId),
});

const failedPayment = ({ paymentFailed }: OrderFacts): OrderFailure => ({
  reason: paymentFailed?.data.reason === 'PAYMENT_EXPIRED' ? 'PAYMENT_EXPIRED' : 'PAYMENT_DECLINED',
  message: paymentFailed?.data.message ?? '',
  productIds: [],
});

const cancelledByCustomer = ({ cancelled }: OrderFacts): OrderFailure => ({
  reason: 'CANCELLED_BY_CUSTOMER',
  message: cancelled?.data.reason ?? '',
  productIds: [],
});
