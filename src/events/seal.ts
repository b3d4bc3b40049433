import { hash } from 'node:crypto';
import type { Envelope } from './envelope.ts';
import { type IdOf, newId } from './ids.ts';

type Sealed = Pick<Envelope, 'producer' | 'type' | 'aggregateId' | 'version'>;

/** What only this installation can make, and recognises: ids of events that say whose word on what the event is. */
export interface Seal {
  readonly newEventId: (sealed: Sealed) => IdOf<'Event'>;
  /** False of ids that were made without this seal, too: whether the event was recorded, its journal knows. */
  readonly isOn: (envelope: Sealed & Pick<Envelope, 'eventId'>) => boolean;
}

/** 40 bits, in letters that ids are made of: half of what is random in an id. */
const MARK_LENGTH = 10;

/**
 * A seal is the end of an id, so an entry has no field that it did not have before. Nobody without the key makes one:
 * 40 bits cannot be guessed where each guess is an entry of a stream.
 */
export const sealBy = (key: string): Seal => {
  // One hash of a text that begins with the key would tell how to go on from it; cut to a quarter, it does not.
  const markOf = (start: string, { producer, type, aggregateId, version }: Sealed): string =>
    hash('sha256', `${key} ${start} ${producer} ${type} ${aggregateId} ${version}`).slice(0, MARK_LENGTH);
  return {
    newEventId: (sealed) => {
      const start = newId('Event').slice(0, -MARK_LENGTH);
      return (start + markOf(start, sealed)) as IdOf<'Event'>;
    },
    isOn: (envelope) => {
      const { eventId } = envelope;
      return eventId.endsWith(markOf(eventId.slice(0, -MARK_LENGTH), envelope));
    },
  };
};
