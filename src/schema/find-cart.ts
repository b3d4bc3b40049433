import { readReachOf } from '../access/index.ts';
import { isId } from '../events/index.ts';
import type { CartView } from '../read/index.ts';
import type { GatewayContext } from './context.ts';

/** The cart as the read side has it; null when it is unknown, or not the viewer's. */
export const findCart = async ({ batches, viewer }: GatewayContext, id: string): Promise<CartView | null> =>
  isId('Cart', id) ? batches.carts.load({ id, reach: readReachOf(viewer) }) : null;

/** The cart as the read side has it or, while it is too new for that, as the write side has it. */
export const findNewCart = async (context: GatewayContext, id: string): Promise<CartView | null> =>
  (await findCart(context, id)) ?? context.write.cart(id, readReachOf(context.viewer));
