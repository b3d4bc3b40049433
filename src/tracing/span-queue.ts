import { guarded, ignored, type TracesConfig } from '../platform/index.ts';
import { ProtobufWriter } from './protobuf-writer.ts';
import { type EndedSpan, writeSpan } from './span-message.ts';

/** What became of spans; `error` where they are lost. */
export interface Exported {
  readonly spans: number;
  readonly error?: unknown;
}

/** Sends the spans of a batch, each as `writeSpan` wrote it. @throws when they were not taken */
export type Send = (written: Uint8Array) => Promise<void>;

interface Batch {
  readonly written: Uint8Array;
  readonly spans: number;
}

const FULL = new Error('more spans wait than may: OTEL_BSP_MAX_QUEUE_SIZE');

/** An endpoint that answers without an end, or with what is no answer, would have everything wait for ever. */
const within = async (ms: number, sent: Promise<void>): Promise<void> => {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = new Error(`the endpoint did not answer to the end within ${ms} ms`);
  const deadline = setTimeout(
    guarded(() => reject(late), ignored),
    ms,
  ).unref();
  try {
    await Promise.race([sent, promise]);
  } finally {
    clearTimeout(deadline);
  }
};

/**
 * Spans that wait to be sent, written as they will be: so each is a few hundred bytes, and nothing for the garbage collector
 * to follow. They are sent when there are enough, or after a while; one batch at a time.
 */
export class SpanQueue {
  readonly #send: Send;
  readonly #exported: (outcome: Exported) => void;
  readonly #limits: TracesConfig['queue'];
  readonly #writer = new ProtobufWriter();
  readonly #whole: Batch[] = [];
  #written = 0;
  #waiting = 0;
  /** Of these it is not yet told what became of them. */
  #untold = 0;
  #isGivenUp = false;
  #sending: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(send: Send, exported: (outcome: Exported) => void, limits: TracesConfig['queue']) {
    this.#send = send;
    this.#exported = exported;
    this.#limits = limits;
  }

  add(span: EndedSpan): void {
    if (this.#waiting >= this.#limits.maxSpans) return this.#exported({ spans: 1, error: FULL });
    writeSpan(this.#writer, span);
    this.#waiting += 1;
    this.#untold += 1;
    this.#written += 1;
    if (this.#written >= this.#limits.maxAtOnce) return void this.flush();
    this.#timer ??= setTimeout(
      guarded(() => this.flush(), ignored),
      this.#limits.delayMs,
    ).unref();
  }

  /** Resolves when all that have ended were sent, or are lost. */
  flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#written > 0) this.#whole.push({ written: this.#writer.take(), spans: this.#written });
    this.#written = 0;
    if (this.#whole.length > 0) this.#sending ??= this.#sendAll();
    return this.#sending ?? Promise.resolve();
  }

  /** The end: what was not taken by now is lost. */
  giveUp(error: unknown): void {
    if (this.#untold > 0) this.#tell({ spans: this.#untold, error });
    this.#isGivenUp = true;
  }

  async #sendAll(): Promise<void> {
    for (let batch = this.#whole.shift(); batch !== undefined; batch = this.#whole.shift()) await this.#sendOne(batch);
    this.#sending = null;
  }

  async #sendOne({ written, spans }: Batch): Promise<void> {
    this.#waiting -= spans;
    try {
      await within(this.#limits.exportTimeoutMs, this.#send(written));
      this.#tell({ spans });
    } catch (error) {
      this.#tell({ spans, error });
    }
  }

  /** Of what was given up, nothing is told again. */
  #tell(outcome: Exported): void {
    if (this.#isGivenUp) return;
    this.#untold -= outcome.spans;
    this.#exported(outcome);
  }
}
