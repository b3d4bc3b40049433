import { ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace';

/** What became of spans that were sent; `error` where they are lost. */
export interface Exported {
  readonly spans: number;
  readonly error?: unknown;
}

/** The exporter, which tells what became of each batch. */
export const tellingExporter = (exporter: SpanExporter, tell: (outcome: Exported) => void): SpanExporter => ({
  export: (spans, done) =>
    exporter.export(spans, (result) => {
      const { code, error } = result;
      const isSent = code === ExportResultCode.SUCCESS;
      tell({ spans: spans.length, ...(!isSent && { error: error ?? new Error('the endpoint took no spans') }) });
      done(result);
    }),
  shutdown: () => exporter.shutdown(),
  ...(exporter.forceFlush !== undefined && { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() }),
});
