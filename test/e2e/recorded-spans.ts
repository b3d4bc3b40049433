import { expect } from 'vitest';
import { openSink, type Span } from '../../harness/tracing/sink/index.ts';
import { openLogger, readConfig, SIGNALS } from '../../src/platform/index.ts';
import { openTracing } from '../../src/tracing/index.ts';

/** What all paniers of this test process tell of themselves, as a receiver of OTLP gets it. */
export interface RecordedSpans extends AsyncDisposable {
  /** Those that have ended, and came. */
  readonly ended: () => readonly Span[];
  /** How many have begun, and not ended. */
  readonly open: () => number;
}

const COUNTED = { begun: 1, ended: -1, sent: 0, lost: 0 } as const;

/** Receives every span, until disposed. */
export const openRecordedSpans = async (): Promise<RecordedSpans> => {
  await using opening = new AsyncDisposableStack();
  const spans: Span[] = [];
  const sink = opening.use(await openSink({ take: (span) => spans.push(span) > 0, keeps: true }));
  let open = 0;
  opening.use(SIGNALS.spansCounted.hear(({ state, spans: many }) => void (open += COUNTED[state] * many)));
  const { traces } = readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_BSP_SCHEDULE_DELAY: '20' });
  opening.use(await openTracing({ traces, roles: [], logger: openLogger('silent') }));
  const opened = opening.move();
  return { ended: () => spans, open: () => open, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};

/** Done for many at once: in which trace they are depends on what else was there. */
const SHARED = /^(?:append|publish|deliver|store|project|announce)\b/;

export const isShared = ({ name }: Span): boolean => SHARED.test(name);

/** Spans by what they are called and about, each with those below it. */
export interface Tree {
  readonly [label: string]: Tree;
}

const labelOf = ({ name, attributes }: Span): string => {
  const about = /^(?:process|push)/.test(name) ? [attributes['panier.event.type']] : [];
  const group = attributes['messaging.consumer.group.name'] ?? [];
  return [name.replace(/ecommerce\.\w+\.events/, ''), ...about, ...[group].flat()].join(' ').replaceAll('  ', ' ');
};

const forestOf = (spans: readonly Span[], all: readonly Span[]): Tree => {
  const below = (span: Span) => all.filter((each) => each.parentId === span.spanId);
  const labelled = Map.groupBy(spans, labelOf);
  return Object.fromEntries(
    [...labelled].map(([label, same]): [string, Tree] => [label, forestOf(same.flatMap(below), all)]),
  );
};

/** The one trace that tells of the order. Fails where others do, where it has another root, or a parent is not there. */
export const traceOfOrder = (spans: readonly Span[], orderId: string): readonly Span[] => {
  const told = new Set(
    spans.filter(({ attributes }) => attributes['panier.order.id'] === orderId).map(({ traceId }) => traceId),
  );
  expect(told.size).toBe(1);
  const trace = spans.filter((span) => told.has(span.traceId));
  const known = new Set(trace.map(({ spanId }) => spanId));
  const orphans = trace.filter((span) => span.parentId !== null && !known.has(span.parentId));
  expect(orphans.map(({ name }) => name)).toEqual([]);
  expect(trace.filter((span) => span.parentId === null).map(({ name }) => name)).toEqual(['POST /graphql']);
  return trace;
};

/** The trace as a tree, without what is done for many at once. */
export const treeOf = (trace: readonly Span[]): Tree => {
  const own = trace.filter((span) => !isShared(span));
  return forestOf(
    own.filter((span) => span.parentId === null),
    own,
  );
};

/** Whether the one is a part of the other's cause, or linked to it, either way. */
const areJoined = (one: Span, other: Span): boolean =>
  one.parentId === other.spanId ||
  one.links.some(({ spanId }) => spanId === other.spanId) ||
  other.links.some(({ spanId }) => spanId === one.spanId);

/** Those called so that did something for the span. */
export const servedBy = (spans: readonly Span[], span: Span, name: RegExp): readonly Span[] =>
  spans.filter((each) => name.test(each.name) && areJoined(each, span));
