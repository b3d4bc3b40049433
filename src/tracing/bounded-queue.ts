import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';

/**
 * Lets a processor have as many spans at once as may wait to be sent. The SDK's own limit leaves spans out as well, and tells
 * nobody how many.
 */
export class BoundedQueue implements SpanProcessor {
  readonly #processor: SpanProcessor;
  readonly #maxSpans: number;
  readonly #tellLost: () => void;
  #waiting = 0;

  constructor(processor: SpanProcessor, maxSpans: number, tellLost: () => void) {
    this.#processor = processor;
    this.#maxSpans = maxSpans;
    this.#tellLost = tellLost;
  }

  /** So many are being sent: they wait no more. */
  left(spans: number): void {
    this.#waiting -= spans;
  }

  onStart: SpanProcessor['onStart'] = (span, context) => this.#processor.onStart(span, context);

  onEnd(span: ReadableSpan): void {
    if (this.#waiting >= this.#maxSpans) return this.#tellLost();
    this.#waiting += 1;
    this.#processor.onEnd(span);
  }

  forceFlush(): Promise<void> {
    return this.#processor.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#processor.shutdown();
  }
}
