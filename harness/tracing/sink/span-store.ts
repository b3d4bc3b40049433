import type { Span, SpanRef } from './span.ts';

/** As many as fit into the memory of one process with room to judge them. */
const MAX_SPANS = 4_000_000;
const NONE: ReadonlyMap<string, Span> = new Map();

/** All spans that came, by their trace; as many as it may hold. */
export class SpanStore {
  readonly #traces = new Map<string, Map<string, Span>>();
  readonly #limit: number;
  #size = 0;
  #repeated = 0;

  constructor(limit: number = MAX_SPANS) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#size;
  }

  /** Spans that came again: a sender that had no answer sends its batch once more. */
  get repeated(): number {
    return this.#repeated;
  }

  get traceIds(): Iterable<string> {
    return this.#traces.keys();
  }

  /** Whether there was room for it. */
  add(span: Span): boolean {
    const trace = this.#traces.get(span.traceId) ?? new Map<string, Span>();
    if (trace.has(span.spanId)) {
      this.#repeated += 1;
      return true;
    }
    if (this.#size >= this.#limit) return false;
    if (trace.size === 0) this.#traces.set(span.traceId, trace);
    trace.set(span.spanId, span);
    this.#size += 1;
    return true;
  }

  /** The spans of a trace, by their ids; none of a trace that nobody told of. */
  trace(traceId: string): ReadonlyMap<string, Span> {
    return this.#traces.get(traceId) ?? NONE;
  }

  find({ traceId, spanId }: SpanRef): Span | undefined {
    return this.trace(traceId).get(spanId);
  }
}
