import type { Currency } from '../../events/index.ts';
import type { Loaded } from '../execution/aggregate.ts';
import { type Cart, type CartItem, cartAggregate } from './cart.ts';

/** A cart as the write side knows it. Amounts in minor units of its currency; items in the order first added. */
export interface CartSnapshot {
  readonly id: string;
  readonly customerId: string | null;
  readonly sessionId: string | null;
  readonly currency: Currency;
  readonly items: readonly CartItem[];
  readonly orderId: string | null;
  /** The cart that its lines are in now; null for one that was not merged. */
  readonly mergedInto: string | null;
  readonly version: number;
  /** When its first event occurred: RFC 3339, UTC. */
  readonly createdAt: string;
  /** When its latest event occurred: RFC 3339, UTC. */
  readonly updatedAt: string;
}

const snapshot = ({ id, state, version, createdAt, updatedAt }: Loaded<Cart>): CartSnapshot | null => {
  if (state.status === 'None' || createdAt === null || updatedAt === null) return null;
  const { customerId, sessionId, currency, items } = state;
  const orderId = state.status === 'CheckedOut' ? state.orderId : null;
  const mergedInto = state.status === 'Merged' ? state.intoCartId : null;
  return { id, customerId, sessionId, currency, items, version, orderId, mergedInto, createdAt, updatedAt };
};

/** What of a cart says whose it is. */
const belonging = (cart: Cart) => (cart.status === 'None' ? null : cart);

export const SHOWN_CART = { aggregate: cartAggregate, snapshot, belonging };
