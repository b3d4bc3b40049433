import { gzipSync } from 'node:zlib';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { SimpleSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from 'vitest';
import { openSink, type Sink, SpanStore } from './index.ts';

const SPAN = {
  traceId: '5b8efff798038103d269b633813fc60c',
  spanId: 'eee19b7ec3c1b174',
  name: 'checkout',
  startTimeUnixNano: '1544712660000000000',
  endTimeUnixNano: '1544712661000000000',
};

const open = async (limit = 100) => {
  const store = new SpanStore(limit);
  const sink = await openSink({ take: (span) => store.add(span), keeps: true });
  return { sink, store, [Symbol.asyncDispose]: () => sink[Symbol.asyncDispose]() };
};

/** Two spans, the second with all that a span may have, by the exporter's own way. */
const sendTwo = async (exporter: SpanExporter): Promise<void> => {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'panier', 'service.instance.id': 'gateway-1' }),
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer('panier');
  const root = tracer.startSpan('POST /graphql', { kind: SpanKind.SERVER, startTime: new Date(1_000_000) });
  const context = trace.setSpan(ROOT_CONTEXT, root);
  const child = tracer.startSpan('append', { links: [{ context: root.spanContext() }] }, context);
  child.setAttributes({ text: 'a', whole: 3, broken: 0.5, yes: false, many: ['x', 'y'] });
  child.addEvent('committed', { after: 7 });
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'CONFLICT' });
  child.end();
  root.end(new Date(1_002_500));
  await provider.shutdown();
};

const post = ({ url }: Sink, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(`${url}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

const exportOf = (...spans: readonly object[]): string =>
  JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });

describe('the sink', () => {
  it.each([
    ['protobuf', (url: string) => new ProtobufExporter({ url })],
    ['JSON', (url: string) => new JsonExporter({ url })],
  ])('reads what the exporter sends as %s', async (_encoding, exporterTo) => {
    await using opened = await open();
    await sendTwo(exporterTo(`${opened.sink.url}/v1/traces`));
    const [traceId = ''] = opened.store.traceIds;
    const [child, root] = [...opened.store.trace(traceId).values()];
    const common = { traceId, process: 'gateway-1', dropped: 0 };
    expect(root).toMatchObject({ ...common, name: 'POST /graphql', kind: 'SERVER', parentId: null, status: 'UNSET' });
    expect(root).toMatchObject({ startMicros: 1_000_000_000, endMicros: 1_002_500_000, attributes: {}, links: [] });
    expect(child).toMatchObject({ ...common, name: 'append', kind: 'INTERNAL', parentId: root?.spanId });
    expect(child).toMatchObject({ status: 'ERROR', statusMessage: 'CONFLICT' });
    expect(child?.attributes).toEqual({ text: 'a', whole: 3, broken: 0.5, yes: false, many: ['x', 'y'] });
    expect(child?.links).toEqual([{ traceId, spanId: root?.spanId }]);
    expect(child?.events).toEqual([{ name: 'committed', attributes: { after: 7 } }]);
  });

  it('reads what is compressed', async () => {
    await using opened = await open();
    const answer = await post(opened.sink, gzipSync(exportOf(SPAN)), { 'content-encoding': 'gzip' });
    expect([answer.status, await answer.json()]).toEqual([200, {}]);
    expect(opened.store.find(SPAN)).toMatchObject({ name: 'checkout', parentId: null });
  });

  it('takes a span that comes again once', async () => {
    await using opened = await open();
    for (let times = 0; times < 2; times += 1) await post(opened.sink, exportOf(SPAN));
    expect([opened.store.size, opened.store.repeated]).toEqual([1, 1]);
  });

  it('says how many spans it did not take, and why', async () => {
    await using opened = await open();
    const answer = await post(opened.sink, exportOf(SPAN, { ...SPAN, spanId: '0000000000000000' }));
    const partialSuccess = { rejectedSpans: 1, errorMessage: 'a span has the id "0000000000000000"' };
    expect([answer.status, await answer.json()]).toEqual([200, { partialSuccess }]);
    expect(opened.store.size).toBe(1);
  });

  it('keeps no more than it may', async () => {
    await using opened = await open(1);
    const answer = await post(opened.sink, exportOf(SPAN, { ...SPAN, spanId: 'eee19b7ec3c1b175' }));
    expect(await answer.json()).toMatchObject({ partialSuccess: { rejectedSpans: 1 } });
    expect(opened.sink.complaints).toEqual(['there is no room for more spans']);
  });

  it('refuses what it cannot read', async () => {
    await using opened = await open();
    const answers = [
      await post(opened.sink, 'no JSON'),
      await post(opened.sink, 'no protobuf', { 'content-type': 'application/x-protobuf' }),
      await post(opened.sink, '', { 'content-type': 'text/plain' }),
      await post(opened.sink, exportOf(SPAN), { 'content-encoding': 'br' }),
      await fetch(`${opened.sink.url}/v1/metrics`, { method: 'POST', headers: { 'content-type': 'application/json' } }),
      await fetch(`${opened.sink.url}/v1/traces`, { headers: { 'content-type': 'application/json' } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 415, 415, 404, 405]);
    expect(opened.store.size).toBe(0);
  });

  it('is away, overloaded or slow when it is told so', async () => {
    await using opened = await open();
    opened.sink.be({ type: 'Away' });
    await expect(post(opened.sink, exportOf(SPAN))).rejects.toThrow('fetch failed');
    opened.sink.be({ type: 'Overloaded' });
    expect((await post(opened.sink, exportOf(SPAN))).status).toBe(503);
    expect(opened.store.size).toBe(0);
    opened.sink.be({ type: 'Slow', ms: 120 });
    const startedAt = performance.now();
    expect((await post(opened.sink, exportOf(SPAN))).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(100);
  });
});
