import type { SpanAttributes, SpanKind, SpanStart } from '../platform/index.ts';
import { writeAttribute } from './attribute-message.ts';
import type { ProtobufWriter } from './protobuf-writer.ts';

/** A span as it is sent. */
export interface EndedSpan {
  readonly traceparent: string;
  readonly parent: string | null;
  readonly start: SpanStart;
  /** Those that were set later, in place of those that it began with. */
  readonly later: SpanAttributes | null;
  readonly links: readonly string[];
  /** What broke it off; null when nothing did. */
  readonly failure: string | null;
  readonly beganMs: number;
  readonly endedMs: number;
}

/** Numbers of fields, by the messages that they are of. Source: opentelemetry-proto 1.x, trace/v1. */
const SCOPE_SPANS = { spans: 2 } as const;
const SPAN = {
  traceId: 1,
  spanId: 2,
  parentSpanId: 4,
  name: 5,
  kind: 6,
  startTime: 7,
  endTime: 8,
  attributes: 9,
  links: 13,
  status: 15,
} as const;
const LINK = { traceId: 1, spanId: 2 } as const;
const STATUS = { message: 2, code: 3 } as const;
const KINDS: Readonly<Record<SpanKind, number>> = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };
const ERROR = 2;

/** Where in a traceparent the ids stand. */
const TRACE_ID = [3, 35] as const;
const SPAN_ID = [36, 52] as const;

const writeAttributes = (to: ProtobufWriter, attributes: SpanAttributes, except: SpanAttributes | null): void => {
  for (const key in attributes)
    if (except === null || !Object.hasOwn(except, key)) {
      const value = attributes[key];
      if (value !== undefined) writeAttribute(to, SPAN.attributes, [key, value]);
    }
};

const writeLink = (to: ProtobufWriter, traceparent: string): void => {
  const link = to.open(SPAN.links);
  to.digits(LINK.traceId, traceparent, TRACE_ID);
  to.digits(LINK.spanId, traceparent, SPAN_ID);
  to.close(link);
};

const writeFailure = (to: ProtobufWriter, message: string): void => {
  const status = to.open(SPAN.status);
  to.text(STATUS.message, message);
  to.whole(STATUS.code, ERROR);
  to.close(status);
};

/** Writes a span, as one of those of a `ScopeSpans`. */
export const writeSpan = (to: ProtobufWriter, span: EndedSpan): void => {
  const { traceparent, parent, start, later, links, failure, beganMs, endedMs } = span;
  const { name, kind = 'internal', attributes } = start;
  const begin = to.open(SCOPE_SPANS.spans);
  to.digits(SPAN.traceId, traceparent, TRACE_ID);
  to.digits(SPAN.spanId, traceparent, SPAN_ID);
  if (parent !== null) to.digits(SPAN.parentSpanId, parent, SPAN_ID);
  to.text(SPAN.name, name);
  to.whole(SPAN.kind, KINDS[kind]);
  to.time(SPAN.startTime, beganMs);
  to.time(SPAN.endTime, endedMs);
  if (attributes !== undefined) writeAttributes(to, attributes, later);
  if (later !== null) writeAttributes(to, later, null);
  for (const link of links) writeLink(to, link);
  if (failure !== null) writeFailure(to, failure);
  to.close(begin);
};
