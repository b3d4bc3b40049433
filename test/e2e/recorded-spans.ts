import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect } from 'vitest';
import { recordSpans } from '../../src/platform/index.ts';
import { spanRecorderOf } from '../../src/tracing/span-recorder.ts';

/** What all paniers of this test process tell of themselves, by OpenTelemetry's SDK. */
export interface RecordedSpans extends Disposable {
  /** Those that have ended. */
  readonly ended: () => readonly ReadableSpan[];
  /** Names of those that have begun, and not ended. */
  readonly open: () => readonly string[];
}

/** Records every span, until disposed. */
export const openRecordedSpans = (): RecordedSpans => {
  const exporter = new InMemorySpanExporter();
  const open = new Map<string, string>();
  const watching = {
    onStart: (span: ReadableSpan) => void open.set(idOf(span), span.name),
    onEnd: (span: ReadableSpan) => void open.delete(idOf(span)),
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  const spanProcessors = [watching, new SimpleSpanProcessor({ exporter })];
  const recording = recordSpans(spanRecorderOf(new TracerProvider({ spanProcessors }).getTracer('test')));
  return {
    ended: () => exporter.getFinishedSpans(),
    open: () => [...open.values()],
    [Symbol.dispose]: () => recording[Symbol.dispose](),
  };
};

export const idOf = (span: ReadableSpan): string => span.spanContext().spanId;
export const traceOf = (span: ReadableSpan): string => span.spanContext().traceId;
const parentOf = (span: ReadableSpan): string | undefined => span.parentSpanContext?.spanId;

/** Done for many at once: in which trace they are depends on what else was there. */
const SHARED = /^(?:append|publish|deliver|store|project|announce)\b/;

export const isShared = ({ name }: ReadableSpan): boolean => SHARED.test(name);

/** Spans by what they are called and about, each with those below it. */
export interface Tree {
  readonly [label: string]: Tree;
}

const labelOf = ({ name, attributes }: ReadableSpan): string => {
  const about = /^(?:process|push)/.test(name) ? [attributes['panier.event.type']] : [];
  const group = attributes['messaging.consumer.group.name'] ?? [];
  return [name.replace(/ecommerce\.\w+\.events/, ''), ...about, ...[group].flat()].join(' ').replaceAll('  ', ' ');
};

const forestOf = (spans: readonly ReadableSpan[], all: readonly ReadableSpan[]): Tree => {
  const below = (span: ReadableSpan) => all.filter((each) => parentOf(each) === idOf(span));
  const labelled = Map.groupBy(spans, labelOf);
  return Object.fromEntries(
    [...labelled].map(([label, same]): [string, Tree] => [label, forestOf(same.flatMap(below), all)]),
  );
};

/** The one trace that tells of the order. Fails where others do, where it has another root, or a parent is not there. */
export const traceOfOrder = (spans: readonly ReadableSpan[], orderId: string): readonly ReadableSpan[] => {
  const told = new Set(spans.filter(({ attributes }) => attributes['panier.order.id'] === orderId).map(traceOf));
  expect(told.size).toBe(1);
  const trace = spans.filter((span) => told.has(traceOf(span)));
  const known = new Set(trace.map(idOf));
  const orphans = trace.filter((span) => parentOf(span) !== undefined && !known.has(parentOf(span) ?? ''));
  expect(orphans.map(({ name }) => name)).toEqual([]);
  expect(trace.filter((span) => parentOf(span) === undefined).map(({ name }) => name)).toEqual(['POST /graphql']);
  return trace;
};

/** The trace as a tree, without what is done for many at once. */
export const treeOf = (trace: readonly ReadableSpan[]): Tree => {
  const own = trace.filter((span) => !isShared(span));
  return forestOf(
    own.filter((span) => parentOf(span) === undefined),
    own,
  );
};

/** Whether the one is a part of the other's cause, or linked to it, either way. */
const areJoined = (one: ReadableSpan, other: ReadableSpan): boolean =>
  parentOf(one) === idOf(other) ||
  one.links.some(({ context }) => context.spanId === idOf(other)) ||
  other.links.some(({ context }) => context.spanId === idOf(one));

/** Those called so that did something for the span. */
export const servedBy = (spans: readonly ReadableSpan[], span: ReadableSpan, name: RegExp): readonly ReadableSpan[] =>
  spans.filter((each) => name.test(each.name) && areJoined(each, span));
