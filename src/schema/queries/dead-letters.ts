import { holders } from '../access.ts';
import type { QueryFields } from '../builder.ts';
import { awaitList, consistentWithArg } from '../consistency.ts';
import { pageArgs, pageWindow } from '../page-args.ts';
import { readPage } from '../read-page.ts';
import { connectionOf, edgeOf } from '../types/connection.ts';
import { DeadLetter, DeadLetterState } from '../types/dead-letter.ts';

const DeadLetterConnection = connectionOf(
  DeadLetter,
  edgeOf(DeadLetter, (t) => t.field({ type: DeadLetter, description: 'The DeadLetter.', resolve: ({ node }) => node })),
);

export const deadLetters = (t: QueryFields) =>
  t.field({
    type: DeadLetterConnection,
    access: holders('events:read'),
    description: 'Entries that a consumer group gave up, in the order in which it did.',
    args: {
      ...pageArgs,
      ...consistentWithArg,
      group: t.arg.string({ description: 'Given up by this consumer group; by any when left out.' }),
      stream: t.arg.string({ description: 'Of this stream; of all when left out.' }),
      state: t.arg({
        type: [DeadLetterState],
        defaultValue: ['OPEN'],
        description: 'In one of these states; null for all.',
      }),
    },
    resolve: async (_root, { group, stream, state, consistentWith, ...args }, context) => {
      await awaitList(context, consistentWith, 'DeadLetter');
      const restriction = { group: group ?? null, stream: stream ?? null, states: state ?? null };
      return readPage(pageWindow(args), (window) => context.read.deadLetterPage({ ...window, ...restriction }));
    },
  });
