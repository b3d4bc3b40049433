import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracesConfig } from '../platform/index.ts';
import { BoundedQueue } from './bounded-queue.ts';
import { spanRecorderOf } from './span-recorder.ts';
import { type Exported, tellingExporter } from './telling-exporter.ts';
import { tellingProcessor } from './telling-processor.ts';

const samplerOf = ({ sampler, ratio }: TracesConfig): Sampler => {
  const by = (name: string): Sampler => {
    if (name === 'always_on') return new AlwaysOnSampler();
    return name === 'always_off' ? new AlwaysOffSampler() : new TraceIdRatioBasedSampler(ratio);
  };
  const prefix = 'parentbased_';
  return sampler.startsWith(prefix) ? new ParentBasedSampler({ root: by(sampler.slice(prefix.length)) }) : by(sampler);
};

/** Who sends: what OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes before what is said here. */
const resourceOf = (roles: readonly string[]) =>
  defaultResource()
    .merge(
      resourceFromAttributes({
        'service.name': 'panier',
        'service.instance.id': crypto.randomUUID(),
        'process.pid': process.pid,
        'panier.roles': [...roles],
      }),
    )
    .merge(detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] }));

const FULL = new Error('more spans wait than may: OTEL_BSP_MAX_QUEUE_SIZE');

/** Sends spans, many at once; told is of each batch what became of it, and of each span that there is no room for. */
const sendingTo = (
  target: SpanExporter,
  { delayMs, exportTimeoutMs, maxSpans, maxAtOnce }: TracesConfig['queue'],
  exported: (outcome: Exported) => void,
): BoundedQueue => {
  const sending = (spans: number): void => queue.left(spans);
  const exporter = tellingExporter(target, { sending, exported, withinMs: exportTimeoutMs });
  const processor = new BatchSpanProcessor({
    exporter,
    scheduledDelayMillis: delayMs,
    exportTimeoutMillis: exportTimeoutMs,
    maxQueueSize: maxSpans,
    maxExportBatchSize: maxAtOnce,
  });
  const queue = new BoundedQueue(processor, maxSpans, () => exported({ spans: 1, error: FULL }));
  return queue;
};

/** OpenTelemetry's SDK, which this file alone names, and which is loaded with it. */
export const openSdk = (config: TracesConfig, roles: readonly string[], exported: (outcome: Exported) => void) => {
  const provider = new TracerProvider({
    sampler: samplerOf(config),
    resource: resourceOf(roles),
    spanProcessors: [tellingProcessor(), sendingTo(new OTLPTraceExporter({ url: config.url }), config.queue, exported)],
  });
  return {
    recorder: spanRecorderOf(provider.getTracer('panier')),
    flush: () => provider.forceFlush(),
    close: () => provider.shutdown(),
  };
};
