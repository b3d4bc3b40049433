import { isId } from '../../events/index.ts';
import { foldOrder } from '../../read/index.ts';
import { owners } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { awaitConsistency, CONSISTENT_WITH } from '../consistency.ts';
import type { GatewayContext } from '../context.ts';
import { badUserInput } from '../failures.ts';
import { findOrder, findReadOrder } from '../find-order.ts';
import { type OrderSource, readOrder } from '../order-source.ts';
import { Order } from '../types/order.ts';

const orderAtRevision = async (context: GatewayContext, id: string, revision: number): Promise<OrderSource | null> => {
  if (revision < 1) throw badUserInput(`atRevision is ${revision}: the first step of an order is 1.`);
  if ((await findOrder(context, id)) === null) return null;
  const events = await context.batches.histories.load(id);
  if (events.length < revision) return null;
  const view = foldOrder(events.slice(0, revision));
  return view && readOrder(view);
};

export const order = (t: QueryFields) =>
  t.field({
    type: Order,
    access: owners('orders:read'),
    nullable: true,
    description: "The order with this id; null when there is none, or it is not the viewer's.",
    args: {
      id: t.arg.id({ required: true, description: 'order_…' }),
      consistentWith: t.arg.string({
        description: CONSISTENT_WITH,
      }),
      atRevision: t.arg.int({
        description:
          'The order as it was after that many steps, from 1; null when it has not come that far, or was not created yet then.',
      }),
    },
    resolve: async (_root, { id, consistentWith, atRevision }, context) => {
      if (!isId('Order', id)) return null;
      const find = () => findOrder(context, id);
      if (!(await awaitConsistency(context, { id, token: consistentWith, find }))) return null;
      if (atRevision === null || atRevision === undefined) return findReadOrder(context, id);
      return orderAtRevision(context, id, atRevision);
    },
  });
