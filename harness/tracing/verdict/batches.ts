import type { Span, SpanStore } from '../sink/index.ts';

/** A batch is linked to at most so many. Source: docs/tracing.md. */
const MAX_LINKS = 128;
const BATCH = /^(?:append|publish|deliver)\b/;

const NONE: readonly Span[] = [];

const put = (index: Map<string, Span[]>, key: string, span: Span): void => {
  const there = index.get(key);
  if (there === undefined) index.set(key, [span]);
  else there.push(span);
};

/** The spans that serve many traces at once, by what they serve. */
export class Batches {
  readonly #served = new Map<string, Span[]>();
  readonly #children = new Map<string, Span[]>();
  /** Names of those that served more than they could name. */
  readonly #crowded = new Set<string>();

  constructor(spans: SpanStore) {
    for (const traceId of spans.traceIds) for (const span of spans.trace(traceId).values()) this.#take(span);
  }

  /** Those called so that serve the span with this id: its children, and those linked to it. */
  serving(spanId: string, name: string): readonly Span[] {
    return (this.#served.get(spanId) ?? NONE).filter((span) => span.name === name);
  }

  /** What a batch did: the spans below it. */
  below({ spanId }: Span): readonly Span[] {
    return this.#children.get(spanId) ?? NONE;
  }

  /** Whether one called so served more than it could name. */
  isCrowded(name: string): boolean {
    return this.#crowded.has(name);
  }

  #take(span: Span): void {
    if (BATCH.test(span.name)) {
      for (const { spanId } of span.links) put(this.#served, spanId, span);
      if (span.parentId !== null) put(this.#served, span.parentId, span);
      if (span.links.length >= MAX_LINKS - 1) this.#crowded.add(span.name);
    }
    if (span.parentId !== null && /^(?:store|project|announce)$/.test(span.name))
      put(this.#children, span.parentId, span);
  }
}
