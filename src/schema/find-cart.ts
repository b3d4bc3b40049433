import { readReachOf } from '../access/index.ts';
import { isId } from '../events/index.ts';
import type { CartView } from '../read/index.ts';
import { awaitOwn } from './await-own.ts';
import type { GatewayContext } from './context.ts';

/** The cart as the read side has it at once, whatever the viewer has just done to it. */
const findReadCart = async ({ batches, viewer }: GatewayContext, id: string): Promise<CartView | null> =>
  isId('Cart', id) ? batches.carts.load({ id, reach: readReachOf(viewer) }) : null;

const findWrittenCart = ({ write, viewer }: GatewayContext, id: string): Promise<CartView | null> =>
  write.cart(id, readReachOf(viewer));

/** The cart as the read side has it, with what the viewer did to it; null when it is unknown, or not the viewer's. */
export const findCart = async (context: GatewayContext, id: string): Promise<CartView | null> => {
  const own = awaitOwn(context, id);
  if (own !== null) await own;
  return findReadCart(context, id);
};

/** The cart as the read side has it or, while it is too new for that, as the write side has it. */
export const findNewCart = async (context: GatewayContext, id: string): Promise<CartView | null> =>
  (await findCart(context, id)) ?? findWrittenCart(context, id);

/** The same, at once: so that a wait of its own is the only one. */
export const glimpseCart = async (context: GatewayContext, id: string): Promise<CartView | null> =>
  (await findReadCart(context, id)) ?? findWrittenCart(context, id);
