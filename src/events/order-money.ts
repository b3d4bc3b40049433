import type { DataOf } from './catalogue.ts';
import { toMinor } from './money.ts';
import type { Fact, OrderFacts } from './order-facts.ts';
import { compareCodePoints } from './text.ts';
import { bySaid, type Outcome } from './verdict.ts';

export type Payment = Fact<'PaymentSucceeded'>;

/** The total of an order in minor units of its currency. */
const totalMinor = ({ totalAmount, currency }: DataOf<'OrderCreated'>): number =>
  toMinor(totalAmount, currency) ?? Number.POSITIVE_INFINITY;

/**
 * What a payment is worth to the order, in minor units of its currency. Nothing in another currency, nor when the amount
 * is no whole number of minor units.
 */
const worthOf = ({ created }: Pick<OrderFacts, 'created'>, { data }: Payment): number =>
  created?.data.currency === data.currency ? (toMinor(data.amount, data.currency) ?? 0) : 0;

/** Whether a payment was given back. */
export const isRefunded = ({ refunded }: OrderFacts, paymentId: string): boolean => Object.hasOwn(refunded, paymentId);

const sumOf = (facts: OrderFacts, payments: readonly Payment[]): number =>
  payments.reduce((sum, payment) => sum + worthOf(facts, payment), 0);

/** Whether the payments that succeeded cover the order's total: nothing has to cover nothing. Not before the order is known. */
export const isPaid = (facts: OrderFacts): boolean =>
  facts.created !== null && sumOf(facts, Object.values(facts.succeeded)) >= totalMinor(facts.created.data);

/**
 * The earliest payment that covers the total alone; where there is none, the earliest ones that do together. None that was given
 * back, whenever others say now that it was paid.
 */
const paymentsThatCover = (facts: OrderFacts): readonly Payment[] => {
  const total = facts.created === null ? 0 : totalMinor(facts.created.data);
  const worthy = Object.values(facts.succeeded).filter(
    (payment) => worthOf(facts, payment) > 0 && !isRefunded(facts, payment.data.paymentId),
  );
  const payments = worthy.toSorted(bySaid);
  const alone = payments.find((payment) => worthOf(facts, payment) >= total);
  if (total > 0 && alone !== undefined) return [alone];
  const needed: Payment[] = [];
  for (const payment of payments) if (sumOf(facts, needed) < total) needed.push(payment);
  return needed;
};

/** What has become of an order's payments. In the order of their ids. */
export interface OrderMoney {
  readonly kept: readonly Payment[];
  /** To be refunded, and not refunded yet. */
  readonly owedBack: readonly Payment[];
  /** What the kept ones are worth beyond the total, in minor units. */
  readonly excessMinor: number;
}

const byId = (one: Payment, other: Payment): number => compareCodePoints(one.data.paymentId, other.data.paymentId);

/** An order that is kept keeps what covers its total, one that is lost keeps nothing. Nothing is owed before. */
export const moneyOf = (facts: OrderFacts, outcome: Outcome): OrderMoney => {
  const payments = Object.values(facts.succeeded).toSorted(byId);
  if (outcome === 'Open') return { kept: payments, owedBack: [], excessMinor: 0 };
  const cover = outcome === 'Kept' ? paymentsThatCover(facts) : [];
  const owed = payments.filter((payment) => !cover.includes(payment));
  return {
    kept: payments.filter((payment) => cover.includes(payment)),
    owedBack: owed.filter(({ data }) => !isRefunded(facts, data.paymentId)),
    excessMinor: facts.created === null ? 0 : Math.max(0, sumOf(facts, cover) - totalMinor(facts.created.data)),
  };
};
