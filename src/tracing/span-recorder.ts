import { SIGNALS, type SpanRecorder } from '../platform/index.ts';
import { openRandomDigits } from './random-digits.ts';
import { RecordedSpan } from './recorded-span.ts';
import type { Sampler } from './sampler.ts';
import type { EndedSpan } from './span-message.ts';

const TRACE_ID_DIGITS = 32;
const SPAN_ID_DIGITS = 16;
const TRACE_ID_AT = 3;

const { spansCounted } = SIGNALS;
const BEGUN = { state: 'begun', spans: 1 } as const;
const ENDED = { state: 'ended', spans: 1 } as const;

/**
 * Records the spans of traces that the sampler takes, and hands on each when it has ended. Tells of every one that begins
 * and ends: one that is never ended is never sent, and nothing else would show it.
 */
export const spanRecorder = (samples: Sampler, send: (span: EndedSpan) => void): SpanRecorder => {
  const digits = openRandomDigits();
  const whenEnded = (span: EndedSpan): void => {
    spansCounted.tell(ENDED);
    send(span);
  };
  return {
    begin: (start, parent) => {
      const traceId = parent?.slice(TRACE_ID_AT, TRACE_ID_AT + TRACE_ID_DIGITS) ?? digits(TRACE_ID_DIGITS);
      if (!samples(traceId, parent)) return undefined;
      spansCounted.tell(BEGUN);
      const traceparent = `00-${traceId}-${digits(SPAN_ID_DIGITS)}-01`;
      return new RecordedSpan({ traceparent, parent, start: start(), whenEnded });
    },
  };
};
