import { readReachOf } from '../../access/index.ts';
import { owners } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { awaitList, consistentWithArg } from '../consistency.ts';
import { pageArgs, pageWindow } from '../page-args.ts';
import { readPage } from '../read-page.ts';
import { CartStatus } from '../types/cart.ts';
import { CartConnection } from '../types/cart-connection.ts';
import { CartFilter } from '../types/cart-filter.ts';

export const carts = (t: QueryFields) =>
  t.field({
    type: CartConnection,
    access: owners('orders:read'),
    description: "The viewer's own carts, the newest first; all for who may read every cart.",
    args: {
      ...pageArgs,
      ...consistentWithArg,
      status: t.arg({ type: [CartStatus], description: 'Only carts with one of these statuses; all when left out.' }),
      filter: t.arg({ type: CartFilter, description: 'Only carts that fit; all when left out.' }),
    },
    resolve: async (_root, { status, filter, consistentWith, ...args }, context) => {
      await awaitList(context, consistentWith, 'Cart');
      const restriction = { reach: readReachOf(context.viewer), status: status ?? null, filter: filter ?? null };
      return readPage(pageWindow(args), (window) => context.read.cartPage({ ...window, ...restriction }));
    },
  });
