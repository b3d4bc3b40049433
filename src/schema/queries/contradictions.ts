import { holders } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { awaitList, consistentWithArg } from '../consistency.ts';
import { pageArgs, pageWindow } from '../page-args.ts';
import { readPage } from '../read-page.ts';
import { ContradictionConnection } from '../types/contradiction.ts';

export const contradictions = (t: QueryFields) =>
  t.field({
    type: ContradictionConnection,
    access: holders('events:read'),
    description: 'What was said of orders and is not believed, by order.',
    args: { ...pageArgs, ...consistentWithArg },
    resolve: async (_root, { consistentWith, ...args }, context) => {
      await awaitList(context, consistentWith, 'Order');
      return readPage(pageWindow(args), (window) => context.read.contradictionPage(window));
    },
  });
