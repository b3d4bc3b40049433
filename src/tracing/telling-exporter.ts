import { ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace';

/** What became of spans that were sent; `error` where they are lost. */
export interface Exported {
  readonly spans: number;
  readonly error?: unknown;
}

interface Hearing {
  /** So many are being sent. */
  readonly sending: (spans: number) => void;
  readonly exported: (outcome: Exported) => void;
}

/** The exporter, which tells of each batch, and what became of it. */
export const tellingExporter = (exporter: SpanExporter, { sending, exported }: Hearing): SpanExporter => ({
  export: (spans, done) => {
    sending(spans.length);
    exporter.export(spans, (result) => {
      const { code, error } = result;
      const isSent = code === ExportResultCode.SUCCESS;
      exported({ spans: spans.length, ...(!isSent && { error: error ?? new Error('the endpoint took no spans') }) });
      done(result);
    });
  },
  shutdown: () => exporter.shutdown(),
  ...(exporter.forceFlush !== undefined && { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() }),
});
