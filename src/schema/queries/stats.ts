import { holders } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { awaitList, consistentWithArg } from '../consistency.ts';
import { Stats, windowArg } from '../types/stats.ts';

export const stats = (t: QueryFields) =>
  t.field({
    type: Stats,
    access: holders('orders:read'),
    description: 'Orders by status, what happens to them, and how long they take.',
    args: { ...windowArg, ...consistentWithArg },
    resolve: async (_root, { window, consistentWith }, context) => {
      await awaitList(context, consistentWith, 'Order');
      return context.batches.stats.load(window);
    },
  });
