import type { QueryFields } from '../builder.ts';
import { pageArgs, pageWindow } from '../page-args.ts';
import { readPage } from '../read-page.ts';
import { ContradictionConnection } from '../types/contradiction.ts';
import { assertScope } from '../viewer.ts';

export const contradictions = (t: QueryFields) =>
  t.field({
    type: ContradictionConnection,
    description:
      'Operators: what was said of orders and is not believed, by order. Customers are refused with extensions.code FORBIDDEN.',
    args: pageArgs,
    resolve: async (_root, args, { read, viewer }) => {
      assertScope(viewer, 'events:read');
      return readPage(pageWindow(args), (window) => read.contradictionPage(window));
    },
  });
