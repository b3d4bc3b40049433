import { CATALOGUE, type DomainEvent } from './catalogue.ts';
import { type Envelope, encodeData, type Recorded } from './envelope.ts';
import { newId } from './ids.ts';
import type { Seal } from './seal.ts';

/** Who writes: the service, and which of its instances. */
export interface Writer {
  readonly producer: string;
  readonly producerInstance: string;
  /** Without it, whoever receives its events has to look for them in their journal. */
  readonly seal?: Seal;
}

/** An event about to be journaled. */
export interface NewEvent<E extends DomainEvent = DomainEvent> {
  readonly event: E;
  readonly aggregateId: string;
  /** Position among all that the journal holds of the aggregate: the optimistic lock. */
  readonly sequence: number;
  /** Position among the events that this service wrote for the aggregate. */
  readonly version: number;
  readonly causationId: string | null;
  readonly traceparent: string | null;
}

/** The envelope of a new event. The correlation id is the aggregate's own: for an order's saga, the order's. */
export const envelop = <E extends DomainEvent>(
  writer: Writer,
  newEvent: NewEvent<E>,
  occurredAt: string,
): Recorded<E> => {
  const { event, aggregateId, version, causationId, traceparent } = newEvent;
  const { stream, aggregateType, schemaVersion } = CATALOGUE[event.type];
  const sealed = { producer: writer.producer, type: event.type, aggregateId, version };
  const envelope: Envelope = {
    eventId: writer.seal?.newEventId(sealed) ?? newId('Event'),
    type: event.type,
    stream,
    occurredAt,
    aggregateType,
    aggregateId,
    version,
    correlationId: aggregateId,
    causationId,
    producer: writer.producer,
    producerInstance: writer.producerInstance,
    traceparent,
    schemaVersion,
    data: encodeData(event),
  };
  return { envelope, event };
};
