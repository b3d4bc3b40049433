import {
  errorCodeOf,
  ignored,
  type Logger,
  recordSpans,
  SIGNALS,
  sleep,
  type TracesConfig,
} from '../platform/index.ts';
import type { Exported } from './span-queue.ts';
import { TracingMissing } from './tracing-failures.ts';

export interface TracingOptions {
  /** Null: nothing is traced, and nothing of OpenTelemetry is loaded. */
  readonly traces: TracesConfig | null;
  readonly roles: readonly string[];
  readonly logger: Logger;
}

const WARN_EVERY_MS = 60_000;
/** Within the time that a stop takes altogether. */
const FLUSH_MS = 1_500;

const GIVEN_UP = new Error('the endpoint had not taken them when the process stopped');

const MISSING = `Traces are asked for (OTEL_EXPORTER_OTLP_ENDPOINT), and OpenTelemetry's packages are not installed: \
install panier with its optional packages (npm ci without --omit=optional), or set OTEL_SDK_DISABLED=true.`;

const loadRecording = async () => {
  try {
    return await import('./open-recording.ts');
  } catch (error) {
    if (errorCodeOf(error) !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new TracingMissing(MISSING, { cause: error });
  }
};

/** Counts what was sent; warns of spans that are lost, now and then: an endpoint that is away is to cost nothing else. */
const tellOfSent = (logger: Logger) => {
  let nextAtMs = 0;
  let lost = 0;
  return ({ spans, error }: Exported): void => {
    SIGNALS.spansCounted.tell({ state: error === undefined ? 'sent' : 'lost', spans });
    if (error === undefined) return;
    lost += spans;
    // Nothing is told after the last words.
    if (error !== GIVEN_UP && Date.now() < nextAtMs) return;
    logger.warn({ error, spans: lost }, 'spans were not taken, and are lost');
    nextAtMs = Date.now() + WARN_EVERY_MS;
    lost = 0;
  };
};

/** Spans are recorded until it is disposed, which sends what is left, for 1.5 s at most. */
export interface Tracing extends AsyncDisposable {
  /** Sends what has ended by now, without being waited for: a stop that takes too long is cut off, and with it its last words. */
  readonly sendNow: () => void;
}

const NOT_TRACING: Tracing = { sendNow: ignored, [Symbol.asyncDispose]: async () => {} };

/** Has spans recorded and sent from now on. @throws {TracingMissing}, {TracingMisconfigured} */
export const openTracing = async ({ traces, roles, logger }: TracingOptions): Promise<Tracing> => {
  if (traces === null) return NOT_TRACING;
  const { openRecording } = await loadRecording();
  const { recorder, flush, giveUp } = openRecording(traces, roles, tellOfSent(logger));
  const recording = recordSpans(recorder);
  return {
    sendNow: () => void flush().catch(ignored),
    [Symbol.asyncDispose]: async () => {
      recording[Symbol.dispose]();
      const sent = new AbortController();
      const whenSent = (): void => sent.abort();
      flush().then(whenSent, whenSent);
      await sleep(FLUSH_MS, sent.signal);
      giveUp(GIVEN_UP);
    },
  };
};
