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
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracesConfig } from '../platform/index.ts';
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

/** OpenTelemetry's SDK, which this file alone names, and which is loaded with it. */
export const openSdk = (config: TracesConfig, roles: readonly string[], exported: (outcome: Exported) => void) => {
  const { delayMs, exportTimeoutMs, maxSpans, maxAtOnce } = config.queue;
  const exporter = tellingExporter(new OTLPTraceExporter({ url: config.url }), exported);
  const provider = new TracerProvider({
    sampler: samplerOf(config),
    resource: resourceOf(roles),
    spanProcessors: [
      tellingProcessor(),
      new BatchSpanProcessor({
        exporter,
        scheduledDelayMillis: delayMs,
        exportTimeoutMillis: exportTimeoutMs,
        maxQueueSize: maxSpans,
        maxExportBatchSize: maxAtOnce,
      }),
    ],
  });
  return {
    recorder: spanRecorderOf(provider.getTracer('panier')),
    flush: () => provider.forceFlush(),
    close: () => provider.shutdown(),
  };
};
