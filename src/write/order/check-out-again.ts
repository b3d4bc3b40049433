import type { OrderFacts, Rejection } from '../../events/index.ts';
import { ok, type Result } from '../../platform/index.ts';
import { type Decision, type Loaded, NOTHING } from '../execution/aggregate.ts';
import type { Commander } from '../execution/commander.ts';
import { payOrder } from './decide.ts';

/** Whether the order is to be paid so already: then the same was asked for before. */
const isPaidBy = ({ created, paymentRequested }: OrderFacts, paymentMethod: string): boolean =>
  created?.data.paymentMethod === paymentMethod || paymentRequested?.data.paymentMethod === paymentMethod;

/**
 * What checking out a cart means that is this order already: nothing the second time; and where a payment method comes only
 * now, or another one, what payOrder makes of it.
 */
export const checkOutAgain = (
  order: Loaded<OrderFacts>,
  paymentMethod: string | null,
  by: Commander,
): Result<Decision, Rejection> =>
  paymentMethod === null || isPaidBy(order.state, paymentMethod) ? ok(NOTHING) : payOrder(order, paymentMethod, by);
