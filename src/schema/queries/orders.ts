import { readReachOf } from '../../access/index.ts';
import type { OrderView, Page } from '../../read/index.ts';
import { owners } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { awaitList, consistentWithArg } from '../consistency.ts';
import { type OrderSource, readOrder } from '../order-source.ts';
import { pageArgs, pageWindow } from '../page-args.ts';
import { readPage } from '../read-page.ts';
import { OrderConnection } from '../types/order-connection.ts';
import { checkedOrderFilter, OrderFilter } from '../types/order-filter.ts';
import { OrderStatus } from '../types/order-status.ts';

/** A page of orders as the read side shows them. */
export const shown = (page: Page<OrderView>): Page<OrderSource> => ({
  ...page,
  edges: page.edges.map(({ cursor, node }) => ({ cursor, node: readOrder(node) })),
});

export const orders = (t: QueryFields) =>
  t.field({
    type: OrderConnection,
    access: owners('orders:read'),
    description: "The viewer's own orders, newest first; all for who may read every order.",
    args: {
      ...pageArgs,
      ...consistentWithArg,
      status: t.arg({ type: [OrderStatus], description: 'Only orders with one of these statuses; all when left out.' }),
      filter: t.arg({ type: OrderFilter, description: 'Only orders that fit; all when left out.' }),
    },
    resolve: async (_root, { status, filter, consistentWith, ...args }, context) => {
      await awaitList(context, consistentWith, 'Order');
      const { read, viewer } = context;
      const restriction = { reach: readReachOf(viewer), status: status ?? null, filter: checkedOrderFilter(filter) };
      return shown(await readPage(pageWindow(args), (window) => read.orderPage({ ...window, ...restriction })));
    },
  });
