import type { DomainEvent, Rejection } from '../../events/index.ts';
import { err, ok, type Result } from '../../platform/index.ts';
import type { Decision } from '../execution/aggregate.ts';
import type { OpenCart } from './cart.ts';

/** Changes that one cart may see while it grows. */
const MAX_CART_VERSION = 1_000;
/** Changes that it may see while its quantities shrink. Taking items out, and checking out, are never too many. */
const MAX_SHRINKING_VERSION = 2_000;

/** The decision, unless the cart has seen too many changes for it. A limit bars no way out. */
export const withinChanges = (version: number, cart: OpenCart, decision: Decision): Result<Decision, Rejection> => {
  const limit = Math.min(...decision.events.map((event) => limitOf(cart, event)));
  if (version + decision.events.length <= limit) return ok(decision);
  const message = `A cart takes at most ${limit} such changes: take items out, check it out, or create a new one.`;
  return err({ code: 'INVALID_INPUT', message, path: ['cartId'] });
};

const limitOf = ({ items }: OpenCart, event: DomainEvent): number => {
  if (event.type === 'CartItemAdded' || event.type === 'CartLinesMerged') return MAX_CART_VERSION;
  if (event.type !== 'CartItemQuantityChanged') return Number.POSITIVE_INFINITY;
  const { cartItemId, quantity } = event.data;
  const before = items.find(({ id }) => id === cartItemId)?.quantity ?? 0;
  return quantity > before ? MAX_CART_VERSION : MAX_SHRINKING_VERSION;
};
