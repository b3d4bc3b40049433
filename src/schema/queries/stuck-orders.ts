import { holders } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { awaitList, consistentWithArg } from '../consistency.ts';
import { badUserInput } from '../failures.ts';
import { pageArgs, pageWindow } from '../page-args.ts';
import { readPage } from '../read-page.ts';
import { OrderConnection } from '../types/order-connection.ts';
import { shown } from './orders.ts';

export const stuckOrders = (t: QueryFields) =>
  t.field({
    type: OrderConnection,
    access: holders('orders:read'),
    description:
      'Orders to which more must happen, for which nothing has happened for long, oldest first. One that only waits for its customer to pay is not stuck before its reservation is over.',
    args: {
      ...pageArgs,
      ...consistentWithArg,
      olderThanSeconds: t.arg.int({
        required: true,
        defaultValue: 60,
        description: "For how long nothing has happened, by the database's clock.",
      }),
    },
    resolve: async (_root, { olderThanSeconds, consistentWith, ...args }, context) => {
      if (olderThanSeconds < 0)
        throw badUserInput(`olderThanSeconds is ${olderThanSeconds}: 0 or more.`, {
          path: ['olderThanSeconds'],
          allowed: { type: 'integer', minimum: 0 },
        });
      await awaitList(context, consistentWith, 'Order');
      return shown(
        await readPage(pageWindow(args), (window) => context.read.stuckOrderPage({ ...window, olderThanSeconds })),
      );
    },
  });
