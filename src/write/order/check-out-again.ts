import type { OrderFacts, Rejection } from '../../events/index.ts';
import { ok, type Result } from '../../platform/index.ts';
import { type Decision, type Loaded, NOTHING } from '../execution/aggregate.ts';
import type { Commander } from '../execution/commander.ts';
import type { PaymentMethod } from '../payment/provider.ts';
import { payOrder } from './decide.ts';

/** What checking out again brings. */
interface Again {
  readonly method: PaymentMethod | null;
  /** The reference that is kept for the order; null once none is needed. */
  readonly kept: string | null;
}

/**
 * Whether the order is to be paid so already: then the same was asked for before. Once its charge is decided nobody knows any
 * more by which method of that kind it was, and no other could pay it.
 */
const isPaidBy = (
  { created, paymentRequested }: OrderFacts,
  { kind, reference }: PaymentMethod,
  kept: string | null,
) => {
  const isOfKind = created?.data.methodKind === kind || paymentRequested?.data.methodKind === kind;
  return kept === null ? isOfKind : kept === reference;
};

/**
 * What checking out a cart means that is this order already: nothing the second time; and where a payment method comes only
 * now, or another one, what payOrder makes of it.
 */
export const checkOutAgain = (
  order: Loaded<OrderFacts>,
  { method, kept }: Again,
  by: Commander,
): Result<Decision, Rejection> =>
  method === null || isPaidBy(order.state, method, kept) ? ok(NOTHING) : payOrder(order, { method }, by);
