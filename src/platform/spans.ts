import { AsyncLocalStorage } from 'node:async_hooks';

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

/** No text of customers, no secret, nothing that a client made up: whoever looks after panier sees it. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** What a span is when it begins. */
export interface SpanStart {
  /** Of a bounded set. */
  readonly name: string;
  /** By default internal. */
  readonly kind?: SpanKind;
  /** Traceparents of what it belongs to as well. */
  readonly links?: readonly string[];
  readonly attributes?: SpanAttributes;
  /** By the system's clock; by default now. */
  readonly beganMs?: number;
}

/** Something that takes its time, as a part of a trace. Whoever begins it ends it, whatever happens; once ended, it stays as it is. */
export interface Span {
  /** W3C trace context of whatever it brings about. */
  readonly traceparent: string;
  readonly set: (attributes: SpanAttributes) => void;
  readonly link: (traceparent: string) => void;
  /** It failed: a code, or the kind of an error; and why, in words of panier's own. */
  readonly fail: (code: string, why?: string) => void;
  readonly end: () => void;
}

/** Makes spans; of a parent that is none, it begins a trace. Undefined in a trace that is not recorded. */
export interface SpanRecorder {
  readonly begin: (start: () => SpanStart, parent: string | null) => Span | undefined;
}

let recorder: SpanRecorder | null = null;
const current = new AsyncLocalStorage<Span | undefined>();

/** Has spans recorded from now on, in every part of the process, until disposed. Without it none is made. */
export const recordSpans = (by: SpanRecorder): Disposable => {
  recorder = by;
  return {
    [Symbol.dispose]: () => {
      if (recorder === by) recorder = null;
    },
  };
};

/** Whether spans are made at all. */
export const areSpansRecorded = (): boolean => recorder !== null;

const FLAGS = 53;
const FLAGS_END = 54;
const CODE_OF_9 = 57;

/** Whether a traceparent is of a trace that is recorded: then its last digit is odd. */
export const isFlagged = (traceparent: string): boolean => {
  const code = traceparent.charCodeAt(FLAGS_END);
  return ((code > CODE_OF_9 ? code + 1 : code) & 1) === 1;
};

/** Whether spans are made, and the trace is one that is recorded. */
export const isRecorded = (traceparent: string | null | undefined): traceparent is string =>
  recorder !== null && typeof traceparent === 'string' && isFlagged(traceparent);

/** The id of the trace that a traceparent is of. */
export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35);

/** Begins a span below its parent; undefined where the parent's trace is not recorded: that costs a comparison. */
export const beginSpan = (parent: string | null | undefined, start: () => SpanStart): Span | undefined =>
  isRecorded(parent) ? recorder?.begin(start, parent) : undefined;

/** Begins what comes from outside: below what the client names, else a trace. Undefined where that is not recorded. */
export const beginRoot = (parent: string | null, start: () => SpanStart): Span | undefined =>
  recorder?.begin(start, parent);

/**
 * What goes on with whatever came from outside: its span, else what the client named, as a trace that is not recorded. Where
 * the client named none, nothing: an id that nobody records would only be carried along.
 */
export const passedOn = (span: Span | undefined, parent: string | null): string | null => {
  if (span !== undefined) return span.traceparent;
  return isRecorded(parent) ? `${parent.slice(0, FLAGS)}00` : parent;
};

/** More are of no use to whoever looks, and dear. */
const MAX_LINKS = 128;

/** Begins the span of what is done for many at once, by their traceparents: below the first that is recorded, and linked to others. */
export const beginShared = (
  of: readonly { readonly traceparent: string | null }[],
  start: () => Omit<SpanStart, 'links'>,
): Span | undefined => {
  if (recorder === null) return undefined;
  const [first, ...others] = new Set(of.map(({ traceparent }) => traceparent).filter(isRecorded));
  return beginSpan(first, () => ({ ...start(), links: others.slice(0, MAX_LINKS) }));
};

/** Does the work inside the span: what asks for the current one is told it. */
export const insideSpan = <T>(span: Span | undefined, work: () => T): T =>
  recorder === null || span === current.getStore() ? work() : current.run(span, work);

/** The span that the caller runs inside of. */
export const currentSpan = (): Span | undefined => current.getStore();

/** The W3C trace context of the span that the caller runs inside of; null outside, and of one that is in no trace yet. */
export const currentTraceparent = (): string | null => current.getStore()?.traceparent || null;
