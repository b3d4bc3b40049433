import { isId } from '../../events/index.ts';
import type { CartView } from '../../read/index.ts';
import { owners } from '../access.ts';
import type { SubscriptionFields } from '../builder.ts';
import type { GatewayContext } from '../context.ts';
import { notFound } from '../failures.ts';
import { findCart, findNewCart } from '../find-cart.ts';
import { Cart } from '../types/cart.ts';
import type { Pull } from './live-streams.ts';

/** The cart, and again whenever its version has grown. */
async function* cartStates(
  first: CartView,
  reload: () => Promise<CartView | null>,
  pull: Pull,
): AsyncGenerator<CartView> {
  let shown = first;
  yield shown;
  for (;;) {
    await pull.change();
    if (pull.signal.aborted) return;
    const newest = await pull.read(reload);
    if (newest === null || newest.version <= shown.version) continue;
    shown = newest;
    yield shown;
  }
}

/**
 * The cart as the read side has it, null while it is too new for that. @throws NOT_FOUND once it is no longer the viewer's:
 * a visitor's is a customer's when the visit was claimed, which may be while it is followed.
 */
const stillTheirs = async (context: GatewayContext, cartId: string): Promise<CartView | null> => {
  const { batches, viewer } = context;
  const found = await findCart(context, cartId);
  if (found !== null || viewer.kind !== 'Visitor') return found;
  if ((await batches.claimedVisits.load(viewer.visitorId)) !== null) throw notFound(`cart ${cartId}`);
  return null;
};

export const cart = (t: SubscriptionFields) =>
  t.field({
    type: Cart,
    access: owners('orders:read'),
    description:
      'The cart as it is now, then again after every change to it (a slow reader may see several changes as one). An unknown cart is an error with extensions.code NOT_FOUND.',
    args: { cartId: t.arg.id({ required: true, description: 'cart_…' }) },
    subscribe: async (_root, { cartId }, context) => {
      if (!isId('Cart', cartId)) throw notFound(`cart ${cartId.slice(0, 100)}`);
      return context.live.open([{ kind: 'carts', id: cartId }], async (pull) => {
        const first = await findNewCart(context, cartId);
        if (first === null) throw notFound(`cart ${cartId}`);
        return cartStates(first, () => stillTheirs(context, cartId), pull);
      });
    },
    resolve: (state) => state,
  });
