import type { Envelope } from './envelope.ts';

/** What a consumer group has to know of an event, to say whether it has it. */
export type EventRef = Pick<Envelope, 'eventId' | 'type' | 'aggregateType' | 'aggregateId'>;
