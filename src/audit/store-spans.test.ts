import { expect, it } from 'vitest';
import { openSpanNotes } from '../../harness/support/span-notes.ts';
import { beginRoot, insideSpan } from '../platform/index.ts';
import { beginStore } from './store-spans.ts';

it('says how many events are stored where these are several', () => {
  using spans = openSpanNotes();
  const delivery = beginRoot(null, () => ({ name: 'deliver' }));
  insideSpan(delivery, () => [1, 2].map(beginStore));
  const [, ...stores] = spans.starts.map(({ attributes }) => attributes?.['db.operation.batch.size']);
  expect(stores).toEqual([undefined, 2]);
});
