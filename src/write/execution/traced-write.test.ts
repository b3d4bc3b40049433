import { expect, it } from 'vitest';
import { openSpanNotes, traceparentIn } from '../../../harness/support/span-notes.ts';
import { beginPlaced, insideSpan } from '../../platform/index.ts';
import { NOTHING } from './aggregate.ts';
import { beginWrite } from './traced-write.ts';

const WRITERS = traceparentIn('a');
const ORDERS_OWN = traceparentIn('b');

const orderOf = (traceparent: string | null) => ({ kind: 'Order', id: 'order_1', traceparent }) as const;

/** What a command that came with the traceparent begins, and what its events bear. */
const written = (asked: string | null, order: string | null) => {
  using spans = openSpanNotes();
  const command = beginPlaced(asked, () => ({ name: 'command' }));
  const { traceparent, span } = insideSpan(command, () => beginWrite(orderOf(order), NOTHING, asked));
  return { begun: spans.begun(), traceparent, isRecorded: span !== undefined };
};

it('a write is in the order’s trace, and linked to whoever writes from another one', () => {
  const { begun, traceparent } = written(WRITERS, ORDERS_OWN);
  expect(begun).toEqual([
    ['command', ORDERS_OWN, WRITERS, 'earlier'],
    ['commit', expect.stringContaining('b'.repeat(32)), WRITERS],
  ]);
  expect(traceparent).toContain('b'.repeat(32));
});

it('a write from a request that is not recorded is in the order’s trace', () => {
  const { begun, traceparent } = written(null, ORDERS_OWN);
  expect(begun.map(([name]) => name)).toEqual(['command', 'commit']);
  expect(traceparent).toContain('b'.repeat(32));
});

it('of an order without a trace, a write that is recorded begins it', () => {
  const { begun, traceparent } = written(WRITERS, null);
  expect(begun.map(([name]) => name)).toEqual(['command', 'commit']);
  expect(traceparent).toContain('a'.repeat(32));
});

it('a write of which nothing is recorded bears nothing', () => {
  expect(written(null, null)).toEqual({ begun: [], traceparent: null, isRecorded: false });
});
