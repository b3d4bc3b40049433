import { isId } from '../../events/index.ts';
import { owners } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { awaitConsistency, CONSISTENT_WITH } from '../consistency.ts';
import { findCart } from '../find-cart.ts';
import { cartAsOf } from '../find-moment.ts';
import { momentOf } from '../moments.ts';
import { Cart } from '../types/cart.ts';

export const cart = (t: QueryFields) =>
  t.field({
    type: Cart,
    access: owners('orders:read'),
    nullable: true,
    description: "The cart with this id; null when there is none, or it is not the viewer's.",
    args: {
      id: t.arg.id({ required: true, description: 'cart_…; with an @ and an instant behind it, as asOf.' }),
      consistentWith: t.arg.string({
        description: CONSISTENT_WITH,
      }),
      asOf: t.arg({
        type: 'DateTime',
        description:
          'The cart as it was at that instant, folded from the event store; null before its creation. Its id names that instant, too: see Node.id.',
      }),
    },
    resolve: async (_root, { id, consistentWith, asOf }, context) => {
      const moment = momentOf(id);
      if (moment?.kind === 'Cart') return cartAsOf(context, moment.id, moment.instant);
      if (!isId('Cart', id)) return null;
      if (!(await awaitConsistency(context, id, consistentWith))) return null;
      return asOf ? cartAsOf(context, id, asOf) : findCart(context, id);
    },
  });
