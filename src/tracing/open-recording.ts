import type { SpanRecorder, TracesConfig } from '../platform/index.ts';
import { openEndpoint } from './otlp-endpoint.ts';
import { samplerOf } from './sampler.ts';
import { type Exported, SpanQueue } from './span-queue.ts';
import { spanRecorder } from './span-recorder.ts';

/** Spans that are recorded, encoded and sent. */
export interface Recording {
  readonly recorder: SpanRecorder;
  /** Resolves when all that have ended were sent, or are lost. */
  readonly flush: () => Promise<void>;
  /** What was not sent by now is lost, for that reason. */
  readonly giveUp: (error: unknown) => void;
}

/** Told is of each batch, and of each span without room, what became of it. @throws {TracingMisconfigured} */
export const openRecording = (
  traces: TracesConfig,
  roles: readonly string[],
  exported: (outcome: Exported) => void,
): Recording => {
  const queue = new SpanQueue(openEndpoint(traces.url, roles), exported, traces.queue);
  const recorder = spanRecorder(samplerOf(traces), (span) => queue.add(span));
  return { recorder, flush: () => queue.flush(), giveUp: (error) => queue.giveUp(error) };
};
