/** OTLP's numbers of the kinds, in their order. */
export const SPAN_KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const;
export type SpanKind = (typeof SPAN_KINDS)[number];

export const STATUSES = ['UNSET', 'OK', 'ERROR'] as const;
export type SpanStatus = (typeof STATUSES)[number];

export type AttributeValue = string | number | boolean | readonly (string | number | boolean)[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** Where a span is to be found. */
export interface SpanRef {
  readonly traceId: string;
  readonly spanId: string;
}

/** A span that ended, and was sent. Times are in microseconds since 1970. */
export interface Span extends SpanRef {
  /** Null of a root. */
  readonly parentId: string | null;
  readonly name: string;
  readonly kind: SpanKind;
  readonly startMicros: number;
  readonly endMicros: number;
  readonly status: SpanStatus;
  readonly statusMessage: string;
  readonly attributes: Attributes;
  readonly links: readonly SpanRef[];
  readonly events: readonly SpanEvent[];
  /** Attributes, events and links that the sender left out, for there were too many. */
  readonly dropped: number;
  /** Whose it is: of its resource, the instance if it says one, else the service. */
  readonly process: string;
}

export interface SpanEvent {
  readonly name: string;
  readonly attributes: Attributes;
}
