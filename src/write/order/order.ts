import {
  isPaid,
  learn,
  linesHeld,
  NOTHING_KNOWN,
  type OrderEvent,
  type OrderFacts,
  paidMinor,
  type Recorded,
  statusOf,
  totalMinor,
} from '../../events/index.ts';
import type { Aggregate } from '../aggregate.ts';

/** An order is what is known of it: facts from own events and from those heard of other services. */
export const orderAggregate: Aggregate<OrderFacts> = {
  initialState: NOTHING_KNOWN,
  evolve: (facts, recorded: Recorded) => learn(facts, recorded as Recorded<OrderEvent>),
};

/** Whether the order's outcome is decided: nothing more will be charged for it. */
export const isOver = (facts: OrderFacts): boolean =>
  facts.confirmed !== null ||
  facts.rejected !== null ||
  facts.cancelled !== null ||
  facts.paymentFailed !== null ||
  facts.reservationFailed !== null;

/** Whether the order waits for a payment that nobody has asked for, or that has not been answered. */
export const awaitsPayment = (facts: OrderFacts): boolean =>
  !isOver(facts) && !isPaid(facts) && facts.reserved !== null;

/** Whether the payment was given back. */
export const isRefunded = ({ refunded }: OrderFacts, paymentId: string): boolean => Object.hasOwn(refunded, paymentId);

/**
 * Ids of the payments that the order must give back: all of them when it did not go through, those beyond its total when
 * it did. In the order of their ids.
 */
export const refundable = (facts: OrderFacts): readonly string[] => {
  if (!isOver(facts)) return [];
  const kept = isKept(facts) ? paymentsThatCover(facts) : [];
  return Object.values(facts.succeeded)
    .filter((payment) => !kept.includes(payment))
    .map(({ data }) => data.paymentId)
    .filter((paymentId) => !isRefunded(facts, paymentId))
    .toSorted((one, other) => (one < other ? -1 : 1));
};

/** The earliest payment that covers the total alone; where there is none, the earliest ones that do together. */
const paymentsThatCover = (facts: OrderFacts): readonly Payment[] => {
  const total = facts.created === null ? 0 : totalMinor(facts.created.data);
  const payments = Object.values(facts.succeeded).toSorted(byTime);
  const alone = payments.find((payment) => paidMinor(facts, payment) >= total);
  if (alone !== undefined) return [alone];
  const needed: Payment[] = [];
  for (const payment of payments) {
    const covered = needed.reduce((sum, earlier) => sum + paidMinor(facts, earlier), 0);
    if (covered < total && paidMinor(facts, payment) > 0) needed.push(payment);
  }
  return needed;
};

type Payment = OrderFacts['succeeded'][string];

const byTime = (one: Payment, other: Payment): number =>
  Date.parse(one.occurredAt) - Date.parse(other.occurredAt) || (one.data.paymentId < other.data.paymentId ? -1 : 1);

/** Confirmed, and the stock is still the customer's. */
const isKept = (facts: OrderFacts): boolean =>
  facts.confirmed !== null &&
  (statusOf(facts) === 'CONFIRMED' || facts.reserved === null || linesHeld(facts).length > 0);
