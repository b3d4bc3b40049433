import { isId } from '../events/index.ts';
import type { CartView } from '../read/index.ts';
import type { GatewayContext } from './context.ts';
import { mayReach } from './viewer.ts';

/** The cart as the read side has it; null when it is unknown or another customer's than the viewer. */
export const findCart = async (context: GatewayContext, id: string): Promise<CartView | null> =>
  isId('Cart', id) ? reachableCart(context, await context.batches.carts.load(id)) : null;

/** The cart, or null when it is another customer's than the viewer. */
export const reachableCart = ({ viewer }: GatewayContext, cart: CartView | null): CartView | null =>
  cart !== null && mayReach(viewer, cart.customerId) ? cart : null;

/** The cart as the read side has it or, while it is too new for that, as the write side has it. */
export const findNewCart = async (context: GatewayContext, id: string): Promise<CartView | null> =>
  (await findCart(context, id)) ?? reachableCart(context, await context.write.cart(id));
