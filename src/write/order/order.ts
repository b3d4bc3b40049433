import {
  isChargeOpen,
  learn,
  NOTHING_KNOWN,
  type OrderEvent,
  type OrderFacts,
  type Recorded,
  readOrder,
} from '../../events/index.ts';
import type { Aggregate } from '../execution/aggregate.ts';

/** An order is what is known of it: facts from own events and from those received from other services. */
export const orderAggregate: Aggregate<OrderFacts, 'Order'> = {
  kind: 'Order',
  initialState: NOTHING_KNOWN,
  evolve: (facts, recorded: Recorded) => learn(facts, recorded as Recorded<OrderEvent>),
};

/** Whether the order waits for a payment that nobody has asked for, or that has not been answered. */
export const awaitsPayment = (facts: OrderFacts): boolean => {
  const { outcome, stock, isPaid } = readOrder(facts);
  return outcome === 'Open' && stock === 'Reserved' && !isPaid;
};

/** Whether a payment method was handed in with which the order may still be charged, or asked how its charge went. */
export const needsMethod = (facts: OrderFacts): boolean => {
  if (facts.paymentRequested !== null) return isChargeOpen(facts);
  return facts.created !== null && facts.created.data.methodKind !== null && !readOrder(facts).isOver;
};
