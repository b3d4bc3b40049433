import { isId } from '../../events/index.ts';
import { owners } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { awaitConsistency, CONSISTENT_WITH } from '../consistency.ts';
import { orderAtRevision } from '../find-moment.ts';
import { findReadOrder } from '../find-order.ts';
import { momentOf } from '../moments.ts';
import { Order } from '../types/order.ts';

export const order = (t: QueryFields) =>
  t.field({
    type: Order,
    access: owners('orders:read'),
    nullable: true,
    description: "The order with this id; null when there is none, or it is not the viewer's.",
    args: {
      id: t.arg.id({ required: true, description: 'order_…; with an @ and a revision behind it, as atRevision.' }),
      consistentWith: t.arg.string({
        description: CONSISTENT_WITH,
      }),
      atRevision: t.arg.int({
        description:
          'The order as it was after that many steps, from 1; null when it has not come that far, or was not created yet then. Its id names that revision, too: see Node.id.',
      }),
    },
    resolve: async (_root, { id, consistentWith, atRevision }, context) => {
      const moment = momentOf(id);
      if (moment?.kind === 'Order') return orderAtRevision(context, moment.id, moment.revision);
      if (!isId('Order', id)) return null;
      if (!(await awaitConsistency(context, id, consistentWith))) return null;
      if (atRevision === null || atRevision === undefined) return findReadOrder(context, id);
      return orderAtRevision(context, id, atRevision);
    },
  });
