import type { DataOf, Shortage } from './catalogue.ts';
import type { Fact, OrderFacts } from './order-facts.ts';
import type { OrderStatus } from './order-status.ts';
import { bySaid, PAYMENT_EXPIRED, type Verdict } from './verdict.ts';

export type OrderFailureReason = 'OUT_OF_STOCK' | 'PAYMENT_DECLINED' | 'PAYMENT_EXPIRED' | 'CANCELLED_BY_CUSTOMER';

export interface OrderFailure {
  readonly reason: OrderFailureReason;
  readonly message: string;
  readonly productIds: readonly string[];
}

const MAX_REASON = 1_000;
const FROM_REPORT = /^(PAYMENT_DECLINED|PAYMENT_EXPIRED): /;

/** The `reason` of the OrderCancelled by which the owner follows another service's PaymentFailed. */
export const reasonFromReport = ({ reason, message }: DataOf<'PaymentFailed'>): string => {
  const code: OrderFailureReason = reason === PAYMENT_EXPIRED ? 'PAYMENT_EXPIRED' : 'PAYMENT_DECLINED';
  return `${code}: ${message}`.slice(0, MAX_REASON);
};

/** Whether the owner cancelled the order because of a report. */
const isFromReport = ({ data }: Fact<'OrderCancelled'>): boolean => FROM_REPORT.test(data.reason);

/** An inventory elsewhere left it open which lines it has. */
const NOT_ANSWERED = 'The inventory did not answer in time.';

const shortageOf = ({ productId, requested, available }: Shortage): string =>
  `${productId}: ${requested} wanted, ${available} available`;

const outOfStock = (shortages: readonly Shortage[]): OrderFailure => ({
  reason: 'OUT_OF_STOCK',
  message: shortages.length === 0 ? NOT_ANSWERED : shortages.map(shortageOf).join('; '),
  productIds: shortages.map(({ productId }) => productId),
});

const failedPayment = ({ reason, message }: DataOf<'PaymentFailed'>): OrderFailure => ({
  reason: reason === PAYMENT_EXPIRED ? 'PAYMENT_EXPIRED' : 'PAYMENT_DECLINED',
  message,
  productIds: [],
});

const cancellation = (cancelled: Fact<'OrderCancelled'>): OrderFailure => {
  const { reason } = cancelled.data;
  if (!isFromReport(cancelled)) return { reason: 'CANCELLED_BY_CUSTOMER', message: reason, productIds: [] };
  const end = reason.indexOf(': ');
  const { orderId } = cancelled.data;
  return failedPayment({ orderId, reason: reason.slice(0, end), message: reason.slice(end + 2) });
};

const NOT_KEPT = 'The stock was given back before the order was confirmed.';

/** What ended an order that is not rejected: the verdict, unless that is overtaken; then the earliest word against the order. */
const ending = ({ cancelled, paymentFailed, reported }: OrderFacts, verdict: Verdict): OrderFailure => {
  if (verdict.type === 'OrderCancelled' && cancelled !== null) return cancellation(cancelled);
  const failure = paymentFailed ?? reported;
  if (verdict.type === 'PaymentFailed' && failure !== null) return failedPayment(failure.data);
  if (cancelled !== null && (failure === null || bySaid(cancelled, failure) < 0)) return cancellation(cancelled);
  return failure === null
    ? { reason: 'CANCELLED_BY_CUSTOMER', message: NOT_KEPT, productIds: [] }
    : failedPayment(failure.data);
};

interface Ended {
  readonly status: OrderStatus;
  readonly verdict: Verdict | null;
}

/** Why an order did not go through; null while it may, and when it did. */
export const failureOf = (facts: OrderFacts, { status, verdict }: Ended): OrderFailure | null => {
  if (verdict === null || (status !== 'REJECTED' && status !== 'COMPENSATING' && status !== 'CANCELLED')) return null;
  if (status === 'REJECTED' || verdict.type === 'OrderRejected')
    return outOfStock(facts.reservationFailed?.data.shortages ?? []);
  return ending(facts, verdict);
};
