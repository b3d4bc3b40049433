import type { Span, SpanRef, SpanStore } from '../sink/index.ts';
import type { Batches } from './batches.ts';
import type { Losses } from './losses.ts';

/** An event of an order, as the event store keeps it. */
export interface EventSeen {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly traceparent: string | null;
  /** By the clock of whoever wrote it. */
  readonly occurredAtMicros: number;
  /** When the event store took it, by PostgreSQL's clock. */
  readonly storedAtMicros: number;
}

export interface OrderSeen {
  readonly id: string;
  readonly status: string;
  /** Those that bear its id, and the one that checked its cart out. */
  readonly events: readonly EventSeen[];
  /** Commands that its customer gave after the checkout, and that were answered with the order. */
  readonly commands: readonly ('payOrder' | 'cancelOrder')[];
  /** Whether a subscriber was sent frames of it. */
  readonly isWatched: boolean;
}

/** All that is known at the end of a run. */
export interface Evidence {
  readonly spans: SpanStore;
  readonly batches: Batches;
  readonly orders: readonly OrderSeen[];
  /** Ids of spans that clients said were theirs: nobody sends those. */
  readonly outside: ReadonlySet<string>;
  /** What processes took with them that were killed. */
  readonly losses: Losses;
  /** Whether all clocks were right, so that times can be compared. */
  readonly sharesClock: boolean;
}

/** All spans that bear one trace id. */
export interface TraceSeen {
  readonly traceId: string;
  readonly spans: ReadonlyMap<string, Span>;
}

/** What a rule has to say of one trace; nothing when it holds. */
export type TraceRule = (trace: TraceSeen, evidence: Evidence) => Iterable<string>;

/** What a rule has to say of one order in its trace; nothing when it holds. */
export type OrderRule = (order: OrderSeen, trace: TraceSeen, evidence: Evidence) => Iterable<string>;

export const described = ({ name, spanId, process }: Span): string => `${name} (${spanId}, of ${process})`;

const TRACEPARENT = /^00-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}$/;

/** The span that a traceparent names; null when it names none. Source: w3.org/TR/trace-context. */
export const refOf = (traceparent: string | null): SpanRef | null => {
  const [, traceId, spanId] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  return traceId === undefined || spanId === undefined ? null : { traceId, spanId };
};
