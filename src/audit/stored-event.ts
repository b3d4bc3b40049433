import {
  type DomainEvent,
  type Envelope,
  type EventRow,
  envelopeOf,
  type Recorded,
  recordedOf,
} from '../events/index.ts';

/** An event of the event store. The version of its envelope is never null; positions grow in the order of commits. */
export interface StoredEvent {
  readonly position: bigint;
  readonly envelope: Envelope;
}

/** A stored event, decoded. */
export interface StoredRecorded<E extends DomainEvent = DomainEvent> extends Recorded<E> {
  readonly position: bigint;
}

export interface StoredRow extends EventRow {
  readonly position: string;
}

export const storedEventOf = (row: StoredRow): StoredEvent => ({
  position: BigInt(row.position),
  envelope: envelopeOf(row),
});

export const storedRecordedOf = (row: StoredRow): StoredRecorded => ({
  position: BigInt(row.position),
  ...recordedOf(row),
});
