import { ROOT_CONTEXT, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSink, type Span, SpanStore } from '../../harness/tracing/sink/index.ts';
import { decodeExport } from '../../harness/tracing/sink/messages.ts';
import { exportMessage } from './export-message.ts';
import { ProtobufWriter } from './protobuf-writer.ts';
import { type EndedSpan, writeSpan } from './span-message.ts';

const TRACE = '5b8efff798038103d269b633813fc60c';
const PARENT = 'eee19b7ec3c1b174';
const OTHER = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
const RESOURCE = { 'service.name': 'panier', 'service.instance.id': 'gateway-1', 'panier.roles': ['relay', 'saga'] };

const LONG = 'é€😀'.repeat(9_000);
const TEXTS = {
  plain: 'a',
  empty: '',
  'of many': 'x'.repeat(127),
  more: 'x'.repeat(128),
  foreign: 'Rad für €',
  long: LONG,
};
const ATTRIBUTES = {
  ...TEXTS,
  whole: 3,
  most: Number.MAX_SAFE_INTEGER,
  below: -7.5,
  broken: 0.1,
  yes: true,
  no: false,
};

const SPAN: EndedSpan = {
  traceparent: `00-${TRACE}-0123456789abcdef-01`,
  parent: `00-${TRACE}-${PARENT}-01`,
  start: { name: 'append', kind: 'client', attributes: { ...ATTRIBUTES, whole: 2 } },
  later: { whole: 3 },
  links: [`00-${OTHER.traceId}-${OTHER.spanId}-01`],
  failure: 'CONFLICT: Somebody else was quicker.',
  beganMs: 1_795_358_899_995,
  endedMs: 1_795_358_899_997.5,
};

const written = (...spans: readonly EndedSpan[]): Uint8Array => {
  const writer = new ProtobufWriter();
  for (const span of spans) writeSpan(writer, span);
  return exportMessage(RESOURCE)(writer.take());
};

/** What a receiver reads of whatever is sent to it. */
const received = async (send: (url: string) => Promise<unknown>): Promise<readonly Span[]> => {
  const store = new SpanStore();
  await using sink = await openSink({ take: (span) => store.add(span), keeps: false });
  await send(`${sink.url}/v1/traces`);
  expect(sink.complaints).toEqual([]);
  return [...store.traceIds].flatMap((traceId) => [...store.trace(traceId).values()]);
};

const post = (body: Uint8Array) => (url: string) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/x-protobuf' }, body: Buffer.from(body) });

/** The same span as OpenTelemetry's SDK sends it, under an id of its own. */
const sendByLibrary = async (url: string): Promise<void> => {
  const provider = new TracerProvider({
    resource: resourceFromAttributes(RESOURCE),
    spanProcessors: [new SimpleSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })],
  });
  const remote = { traceId: TRACE, spanId: PARENT, traceFlags: TraceFlags.SAMPLED, isRemote: true };
  const options = {
    kind: SpanKind.CLIENT,
    attributes: ATTRIBUTES,
    links: [{ context: { ...OTHER, traceFlags: TraceFlags.SAMPLED } }],
    startTime: SPAN.beganMs,
  };
  const span = provider.getTracer('panier').startSpan('append', options, trace.setSpanContext(ROOT_CONTEXT, remote));
  span.setStatus({ code: SpanStatusCode.ERROR, message: SPAN.failure ?? '' });
  span.end(SPAN.endedMs);
  await provider.shutdown();
};

it('a span is read as if OpenTelemetry’s SDK had sent it', async () => {
  const [ours] = await received(post(written(SPAN)));
  const [theirs] = await received(sendByLibrary);
  expect(ours).toEqual({ ...theirs, spanId: '0123456789abcdef' });
  expect(ours?.attributes).toEqual(ATTRIBUTES);
});

it('a span that has next to nothing is read as such', async () => {
  const bare = { ...SPAN, parent: null, start: { name: 'append' }, later: null, links: [], failure: null };
  const [root] = await received(post(written(bare)));
  expect(root).toMatchObject({ parentId: null, kind: 'INTERNAL', status: 'UNSET', attributes: {}, links: [] });
});

it('whatever text an attribute has, whatever is beside it can be read', () => {
  const texts = fc.array(
    fc.tuple(fc.string({ unit: 'binary' }), fc.nat(300)).map(([text, times]) => text.repeat(times)),
  );
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (all, whole) => {
      const attributes = { ...Object.fromEntries(all.map((text, nth) => [`text ${nth}`, text])), whole };
      const body = decodeExport(written({ ...SPAN, start: { name: 'a', attributes }, later: null }, SPAN));
      const [first, second] = body.resourceSpans?.[0]?.scopeSpans?.[0]?.spans ?? [];
      const values = (first?.attributes ?? []).map(({ value }) => value?.stringValue ?? '');
      expect(values).toEqual([...all.map((text) => text.toWellFormed()), '']);
      expect(Number(first?.attributes?.at(-1)?.value?.intValue)).toBe(whole);
      expect(second?.name).toBe('append');
    }),
    { numRuns: 50 },
  );
});
