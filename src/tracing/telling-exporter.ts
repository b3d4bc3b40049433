import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { guarded, ignored } from '../platform/index.ts';

/** What became of spans that were sent; `error` where they are lost. */
export interface Exported {
  readonly spans: number;
  readonly error?: unknown;
}

interface Hearing {
  /** So many are being sent. */
  readonly sending: (spans: number) => void;
  readonly exported: (outcome: Exported) => void;
  /** After how long spans count as lost of which nobody said whether they were taken. */
  readonly withinMs: number;
}

/** An endpoint that answers without an end, or with what is no answer, would have nobody told of anything. */
const unanswered = (withinMs: number): ExportResult => ({
  code: ExportResultCode.FAILED,
  error: new Error(`the endpoint did not answer to the end within ${withinMs} ms`),
});

/** The exporter, which tells of each batch, and once what became of it. */
export const tellingExporter = (exporter: SpanExporter, { sending, exported, withinMs }: Hearing): SpanExporter => ({
  export: (spans, done) => {
    sending(spans.length);
    let isTold = false;
    const end = (result: ExportResult): void => {
      if (isTold) return;
      isTold = true;
      clearTimeout(deadline);
      const isSent = result.code === ExportResultCode.SUCCESS;
      const { error = new Error('the endpoint took no spans') } = result;
      exported({ spans: spans.length, ...(!isSent && { error }) });
      done(result);
    };
    const deadline = setTimeout(
      guarded(() => end(unanswered(withinMs)), ignored),
      withinMs,
    ).unref();
    exporter.export(spans, end);
  },
  shutdown: () => exporter.shutdown(),
  ...(exporter.forceFlush !== undefined && { forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve() }),
});
