import { isId } from '../../events/index.ts';
import { foldCart } from '../../read/index.ts';
import { owners } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { awaitConsistency, CONSISTENT_WITH } from '../consistency.ts';
import type { GatewayContext } from '../context.ts';
import { findCart, findNewCart } from '../find-cart.ts';
import { Cart } from '../types/cart.ts';

/** Whose the cart is now decides, not whose it was then. */
const cartAsOf = async (context: GatewayContext, id: string, instant: string) =>
  (await findNewCart(context, id)) && foldCart(await context.audit.eventsOf(id, { instant }));

export const cart = (t: QueryFields) =>
  t.field({
    type: Cart,
    access: owners('orders:read'),
    nullable: true,
    description: "The cart with this id; null when there is none, or it is not the viewer's.",
    args: {
      id: t.arg.id({ required: true, description: 'cart_…' }),
      consistentWith: t.arg.string({
        description: CONSISTENT_WITH,
      }),
      asOf: t.arg({
        type: 'DateTime',
        description: 'The cart as it was at that instant, folded from the event store; null before its creation.',
      }),
    },
    resolve: async (_root, { id, consistentWith, asOf }, context) => {
      if (!isId('Cart', id)) return null;
      const find = () => findNewCart(context, id);
      if (!(await awaitConsistency(context, { id, token: consistentWith, find }))) return null;
      return asOf ? cartAsOf(context, id, asOf) : findCart(context, id);
    },
  });
