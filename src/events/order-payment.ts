import type { OrderFacts } from './order-facts.ts';
import { isChargeOpen, readOrder } from './order-reading.ts';

export type PaymentStatus = 'REQUESTED' | 'PENDING' | 'ACTION_REQUIRED' | 'SUCCEEDED' | 'FAILED' | 'REFUNDED';

const openStatus = (facts: OrderFacts): PaymentStatus => {
  if (facts.paymentPending === undefined) return 'REQUESTED';
  // Of an order that is over the charge is given up: its customer has nothing more to do.
  const isCustomersTurn = facts.paymentPending.data.waitsFor === 'CUSTOMER' && !readOrder(facts).isOver;
  return isCustomersTurn ? 'ACTION_REQUIRED' : 'PENDING';
};

/** How the payment of an order stands; null while none was asked for, and none came. */
export const paymentStatusOf = (facts: OrderFacts): PaymentStatus | null => {
  const paymentIds = Object.keys(facts.succeeded);
  if (paymentIds.some((id) => !Object.hasOwn(facts.refunded, id))) return 'SUCCEEDED';
  if (isChargeOpen(facts)) return openStatus(facts);
  if (paymentIds.length > 0) return 'REFUNDED';
  return facts.isChargeAnswered || facts.paymentFailed !== null || facts.reported !== null ? 'FAILED' : null;
};
