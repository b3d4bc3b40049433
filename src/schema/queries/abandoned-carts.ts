import { holders } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { awaitList, consistentWithArg } from '../consistency.ts';
import { badUserInput } from '../failures.ts';
import { pageArgs, pageWindow } from '../page-args.ts';
import { readPage } from '../read-page.ts';
import { CartConnection } from '../types/cart-connection.ts';

export const abandonedCarts = (t: QueryFields) =>
  t.field({
    type: CartConnection,
    access: holders('orders:read'),
    description:
      'Carts left behind, which are open and have items, and to which nothing has happened for long; the longest first.',
    args: {
      ...pageArgs,
      ...consistentWithArg,
      olderThanSeconds: t.arg.int({
        required: true,
        description: "For how long nothing has happened, by the database's clock.",
      }),
    },
    resolve: async (_root, { olderThanSeconds, consistentWith, ...args }, context) => {
      if (olderThanSeconds < 0)
        throw badUserInput(`olderThanSeconds is ${olderThanSeconds}: 0 or more.`, {
          path: ['olderThanSeconds'],
          allowed: { type: 'integer', minimum: 0 },
        });
      await awaitList(context, consistentWith, 'Cart');
      return readPage(pageWindow(args), (window) => context.read.abandonedCartPage({ ...window, olderThanSeconds }));
    },
  });
