import { expect, it } from 'vitest';
import { recorded } from '../../harness/support/recorded.ts';
import { openSpanNotes, traceparentIn } from '../../harness/support/span-notes.ts';
import { STREAMS } from '../events/index.ts';
import { NO_MARK } from './mark.ts';
import { beginPublication } from './publication-span.ts';

const published = (events: number) => {
  const { envelope } = recorded(
    { type: 'OrderConfirmed', data: { orderId: 'order_1' } },
    { traceparent: traceparentIn('a') },
  );
  return { stream: STREAMS.orders, after: NO_MARK, envelopes: Array.from({ length: events }, () => envelope) };
};

it('says how many events are published where these are several', () => {
  using spans = openSpanNotes();
  for (const events of [1, 2]) beginPublication(published(events));
  expect(spans.starts.map(({ attributes }) => attributes?.['messaging.batch.message_count'])).toEqual([undefined, 2]);
});
