import {
  isPaid,
  learn,
  linesHeld,
  NOTHING_KNOWN,
  type OrderEvent,
  type OrderFacts,
  type Recorded,
  statusOf,
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

/**
 * Ids of the payments that the order must give back: all of them when it did not go through, all but the earliest when
 * it did. In the order of their ids.
 */
export const refundable = (facts: OrderFacts): readonly string[] => {
  if (!isOver(facts)) return [];
  const paid = Object.values(facts.succeeded).toSorted(
    (one, other) =>
      Date.parse(one.occurredAt) - Date.parse(other.occurredAt) || (one.data.paymentId < other.data.paymentId ? -1 : 1),
  );
  const kept = isKept(facts) ? paid[0]?.data.paymentId : null;
  return paid
    .map(({ data }) => data.paymentId)
    .filter((paymentId) => paymentId !== kept && !isRefunded(facts, paymentId))
    .toSorted();
};

/** By its own key: another service may have called its payment `constructor`. */
export const isRefunded = ({ refunded }: OrderFacts, paymentId: string): boolean => Object.hasOwn(refunded, paymentId);

/** Confirmed, and the stock is still the customer's. */
const isKept = (facts: OrderFacts): boolean =>
  facts.confirmed !== null &&
  (statusOf(facts) === 'CONFIRMED' || facts.reserved === null || linesHeld(facts).length > 0);
