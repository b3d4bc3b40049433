import {
  areSpansRecorded,
  beginSpan,
  currentSpan,
  isRecorded,
  type Span,
  type SpanAttributes,
  type SpanStart,
} from './spans.ts';

type Act = (span: Span) => void;

/**
 * A span that does not know yet in which trace it is: that of whoever asked, or that of what it turns out to be about. Until
 * it is placed it passes on what it was asked with; never placed, it is in the trace that it was asked in.
 */
class PlacedSpan implements Span {
  readonly #asked: string | null;
  readonly #start: () => SpanStart;
  readonly #beganMs = Date.now();
  readonly #acts: Act[] = [];
  #placed: Span | undefined;

  constructor(asked: string | null, start: () => SpanStart) {
    this.#asked = asked;
    this.#start = start;
  }

  get traceparent(): string {
    return this.#placed?.traceparent ?? this.#asked ?? '';
  }

  /** Puts it below the parent, linked to what it was asked with where that is elsewhere. Once: later it stays. */
  place(parent: string): string {
    if (this.#placed === undefined && isRecorded(parent)) {
      const asked = this.#asked;
      const links = asked !== parent && isRecorded(asked) ? [asked] : [];
      this.#placed = beginSpan(parent, () => ({ ...this.#start(), links, beganMs: this.#beganMs }));
    }
    return this.#placed?.traceparent ?? parent;
  }

  set(attributes: SpanAttributes): void {
    this.#acts.push((span) => span.set(attributes));
  }

  link(traceparent: string): void {
    this.#acts.push((span) => span.link(traceparent));
  }

  fail(code: string, why?: string): void {
    this.#acts.push((span) => span.fail(code, why));
  }

  end(): void {
    if (this.#asked !== null) this.place(this.#asked);
    if (this.#placed === undefined) return;
    for (const act of this.#acts) act(this.#placed);
    this.#placed.end();
  }
}

/** Begins a span that {@link placeCurrent} places; undefined where no spans are made. */
export const beginPlaced = (asked: string | null, start: () => SpanStart): Span | undefined =>
  areSpansRecorded() ? new PlacedSpan(asked, start) : undefined;

/** Places the span that the caller runs inside of, where it is one to be placed. @returns its traceparent, else the parent's */
export const placeCurrent = (parent: string): string => {
  const span = currentSpan();
  return span instanceof PlacedSpan ? span.place(parent) : parent;
};
