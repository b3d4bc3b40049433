import { type Envelope, type EventRow, envelopeOf, type Place } from '../events/index.ts';
import type { Seen, Walked } from '../projection/index.ts';

/** An event of the event store. The version of its envelope is never null. */
export interface StoredEvent extends Place {
  readonly envelope: Envelope;
}

/** An event, and what has been seen of each partition by whoever has seen it and what comes before it. */
export type SeenEvent = Seen<StoredEvent>;

/** Events that follow what was seen; from where it goes on, and whether there may be more at once. */
export type EventsAfter = Walked<StoredEvent>;

export type StoredEventRow = EventRow & { readonly partition: number; readonly position: string };

export const storedEventOf = (row: StoredEventRow): StoredEvent => ({
  partition: row.partition,
  position: BigInt(row.position),
  envelope: envelopeOf(row),
});
