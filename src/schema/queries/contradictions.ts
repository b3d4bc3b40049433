import { holders } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { pageArgs, pageWindow } from '../page-args.ts';
import { readPage } from '../read-page.ts';
import { ContradictionConnection } from '../types/contradiction.ts';

export const contradictions = (t: QueryFields) =>
  t.field({
    type: ContradictionConnection,
    access: holders('events:read'),
    description: 'What was said of orders and is not believed, by order.',
    args: pageArgs,
    resolve: async (_root, args, { read }) => {
      return readPage(pageWindow(args), (window) => read.contradictionPage(window));
    },
  });
