import type { Span, SpanAttributes, SpanStart } from '../platform/index.ts';
import type { EndedSpan } from './span-message.ts';

interface Begun {
  readonly traceparent: string;
  readonly parent: string | null;
  readonly start: SpanStart;
  readonly whenEnded: (span: EndedSpan) => void;
}

const NONE: readonly string[] = [];

/** A span that is recorded. It is as long as the monotonic clock says, also where the system's is set meanwhile. */
export class RecordedSpan implements Span, EndedSpan {
  readonly traceparent: string;
  readonly parent: string | null;
  readonly start: SpanStart;
  readonly beganMs: number;
  later: SpanAttributes | null = null;
  links: readonly string[];
  failure: string | null = null;
  endedMs = 0;
  readonly #whenEnded: Begun['whenEnded'];
  readonly #sinceMs: number;

  constructor({ traceparent, parent, start, whenEnded }: Begun) {
    const nowMs = Date.now();
    this.traceparent = traceparent;
    this.parent = parent;
    this.start = start;
    this.links = start.links ?? NONE;
    this.beganMs = start.beganMs ?? nowMs;
    this.#whenEnded = whenEnded;
    this.#sinceMs = performance.now() - (nowMs - this.beganMs);
  }

  set(attributes: SpanAttributes): void {
    if (this.#isEnded) return;
    this.later = this.later === null ? attributes : { ...this.later, ...attributes };
  }

  link(traceparent: string): void {
    if (!this.#isEnded) this.links = [...this.links, traceparent];
  }

  fail(code: string, why?: string): void {
    if (this.#isEnded) return;
    this.set({ 'error.type': code });
    this.failure = why === undefined ? code : `${code}: ${why}`;
  }

  end(): void {
    if (this.#isEnded) return;
    this.endedMs = this.beganMs + Math.max(0, performance.now() - this.#sinceMs);
    this.#whenEnded(this);
  }

  get #isEnded(): boolean {
    return this.endedMs > 0;
  }
}
