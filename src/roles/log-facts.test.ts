import { expect, it } from 'vitest';
import { openSpanNotes, traceparentIn } from '../../harness/support/span-notes.ts';
import { beginRoot, insideSpan, openLogger, SIGNALS } from '../platform/index.ts';
import { logSagaEnds } from './log-facts.ts';

const ENDED = { orderId: 'order_1', outcome: 'CONFIRMED', tookMs: 59.4, activeMs: 12, isFirst: true } as const;

/** What is logged of the end of a saga that is told inside the span of a delivery, which is in another order's trace. */
const loggedOf = (traceparent: string | null) => {
  const lines: string[] = [];
  using _logging = logSagaEnds(openLogger('info', { destination: { write: (line: string) => void lines.push(line) } }));
  using _recording = openSpanNotes();
  const delivery = beginRoot(traceparentIn('a'), () => ({ name: 'deliver' }));
  insideSpan(delivery, () => SIGNALS.sagaEnded.tell({ ...ENDED, traceparent }));
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
};

it('says of a saga that has ended in which trace it was', () => {
  expect(loggedOf(traceparentIn('b'))).toMatchObject([{ orderId: 'order_1', tookMs: 59, traceId: 'b'.repeat(32) }]);
});

it('says of one that was in no trace none, also where others of its delivery were in one', () => {
  const [line] = loggedOf(null);
  expect(line).toMatchObject({ msg: 'A saga has ended', correlationId: 'order_1' });
  expect(line).not.toHaveProperty('traceId');
});
