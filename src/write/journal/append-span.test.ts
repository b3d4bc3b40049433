import { expect, it } from 'vitest';
import { openSpanNotes } from '../../../harness/support/span-notes.ts';
import { beginRoot, type Span } from '../../platform/index.ts';
import type { AppendRequest } from './append-request.ts';
import { beginAppend } from './append-span.ts';

const waiting = (span: Span | undefined) => {
  const request: AppendRequest = {
    heads: [],
    entries: [],
    idempotency: null,
    schedule: [],
    unschedule: [],
    methods: { keep: [], forget: [] },
    span,
  };
  return { request, sinceMs: 1_000 };
};

it('says how many writes it has where these are several, whether or not they are traced', () => {
  using spans = openSpanNotes();
  const write = waiting(beginRoot(null, () => ({ name: 'commit' })));
  for (const batch of [[write], [write, waiting(undefined)]]) beginAppend(batch, 1_005);
  const [, ...appends] = spans.starts.map(({ attributes }) => attributes?.['db.operation.batch.size']);
  expect(appends).toEqual([undefined, 2]);
});
