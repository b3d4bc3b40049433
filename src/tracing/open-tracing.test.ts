import { expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { openSink, SpanStore } from '../../harness/tracing/sink/index.ts';
import { beginRoot, openLogger, readConfig } from '../platform/index.ts';
import { openTracing } from './index.ts';

const logger = openLogger('silent');

it('sends what has ended when it is told, and the rest at its end', async () => {
  const spans = new SpanStore();
  await using sink = await openSink({ take: (span) => spans.add(span), keeps: true });
  const { traces } = readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_BSP_SCHEDULE_DELAY: '600000' });
  await using tracing = await openTracing({ traces, roles: ['gateway'], logger });
  const [first, second] = ['first', 'second'].map((name) => beginRoot(null, () => ({ name })));
  first?.end();
  tracing.sendNow();
  await eventually(() => expect(spans.size).toBe(1));
  second?.end();
  await tracing[Symbol.asyncDispose]();
  expect(spans.size).toBe(2);
});
