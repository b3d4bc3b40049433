import { type Envelope, type EventRow, envelopeOf } from '../events/index.ts';

/** An event of the event store. The version of its envelope is never null; positions grow in the order of commits. */
export interface StoredEvent {
  readonly position: bigint;
  readonly envelope: Envelope;
}

export const storedEventOf = (row: EventRow & { readonly position: string }): StoredEvent => ({
  position: BigInt(row.position),
  envelope: envelopeOf(row),
});
