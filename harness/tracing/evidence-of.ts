import type { Borne } from './gather.ts';
import type { SpanStore } from './sink/index.ts';
import { EXPORT_DELAY_MS } from './stage.ts';
import { Batches, type Evidence, type Kill, Losses, type OrderSeen, refOf } from './verdict/index.ts';

const MICROS_PER_MS = 1_000;
/** How long a span may be open, besides: a request waits so long for a database that is away, and so does its end. */
const OPEN_MS = 14_500;

const writtenAt = (borne: readonly Borne[]): ((spanId: string) => readonly number[]) => {
  const bySpan = Map.groupBy(borne, ({ traceparent }) => refOf(traceparent)?.spanId);
  return (spanId) => (bySpan.get(spanId) ?? []).map(({ atMicros }) => atMicros);
};

export interface Seen {
  readonly spans: SpanStore;
  readonly orders: readonly OrderSeen[];
  readonly borne: readonly Borne[];
  /** Spans of clients. */
  readonly outside: ReadonlySet<string>;
  readonly kills: readonly Kill[];
  readonly sharesClock: boolean;
}

/** What was seen, ready to be judged. */
export const evidenceOf = ({ spans, orders, borne, outside, kills, sharesClock }: Seen): Evidence => {
  const windowMicros = (EXPORT_DELAY_MS + OPEN_MS) * MICROS_PER_MS;
  const losses = new Losses({ kills, windowMicros, writtenAt: writtenAt(borne) });
  return { spans, batches: new Batches(spans), orders, outside, losses, sharesClock };
};
