import {
  type Context,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { Span, SpanRecorder, SpanStart } from '../platform/index.ts';

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/** What a traceparent says. Nonsense is no context: OpenTelemetry looks at it again. Source: w3.org/TR/trace-context. */
const spanContextOf = (traceparent: string): SpanContext => ({
  traceId: traceparent.slice(3, 35),
  spanId: traceparent.slice(36, 52),
  traceFlags: Number.parseInt(traceparent.slice(53, 55), 16) & 1,
  isRemote: true,
});

const traceparentOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-0${traceFlags & 1}`;

const below = (parent: string | null): Context =>
  parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, spanContextOf(parent));

const linkTo = (traceparent: string) => ({ context: spanContextOf(traceparent) });

const spanOf = (span: OtelSpan): Span => ({
  traceparent: traceparentOf(span.spanContext()),
  set: (attributes) => {
    if (span.isRecording()) span.setAttributes(attributes);
  },
  link: (traceparent) => void span.addLink(linkTo(traceparent)),
  fail: (code, why) => {
    if (!span.isRecording()) return;
    span.setAttribute('error.type', code);
    span.setStatus({ code: SpanStatusCode.ERROR, message: why === undefined ? code : `${code}: ${why}` });
  },
  end: () => {
    if (span.isRecording()) span.end();
  },
});

/** OpenTelemetry's tracer, as panier's parts know it. */
export const spanRecorderOf = (tracer: Tracer): SpanRecorder => ({
  begin: ({ name, kind = 'internal', links = [], attributes = {}, beganMs }: SpanStart, parent) =>
    spanOf(
      tracer.startSpan(
        name,
        {
          kind: KINDS[kind],
          links: links.map(linkTo),
          attributes,
          ...(beganMs !== undefined && { startTime: beganMs }),
        },
        below(parent),
      ),
    ),
});
