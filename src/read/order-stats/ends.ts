import { SIGNALS } from '../../platform/index.ts';
import type { StoredRecorded } from '../../projection/index.ts';
import type { Changed } from './counts.ts';
import { customersTurnMs } from './customers-turn.ts';
import { type Countable, happenedTo, without } from './happened.ts';

interface ChangedOrder extends Changed {
  readonly after: Countable & { readonly id: string };
}

/** Of what was said of an order last, with a trace. */
const traceparentOf = (events: readonly StoredRecorded[], orderId: string): string | null =>
  events.findLast(({ envelope }) => envelope.aggregateId === orderId && envelope.traceparent !== null)?.envelope
    .traceparent ?? null;

/** Tells of the orders that came to their end by these changes, and of those whose end is of another time than was known. */
export const tellEnds = (orders: readonly ChangedOrder[], events: readonly StoredRecorded[]): void => {
  for (const { before, after } of orders) {
    const known = before === undefined ? [] : happenedTo(before);
    for (const { what, tookMs } of without(happenedTo(after), known)) {
      if (what === 'CREATED') continue;
      const isFirst = !known.some((each) => each.what === what);
      const activeMs = Math.max(0, tookMs - customersTurnMs(after.facts));
      const traceparent = traceparentOf(events, after.id);
      SIGNALS.sagaEnded.tell({ orderId: after.id, outcome: what, tookMs, activeMs, isFirst, traceparent });
    }
  }
};
