import { type AggregateType, CATALOGUE, type DomainEvent, type EventType, isEventType } from './catalogue.ts';
import { type Codec, DecodeError, timeOf } from './codec.ts';
import type { Json, JsonObject } from './json.ts';
import { assertIdsOfTheirKinds } from './named-ids.ts';
import { isReadableText, MAX_DEPTH, readableUnlessTooDeep } from './readable.ts';

/** One event with all that surrounds it, as it is journaled, published and kept. `data` is the wire's own JSON. */
export interface Envelope {
  readonly eventId: string;
  readonly type: EventType;
  readonly stream: string;
  /** RFC 3339, UTC. */
  readonly occurredAt: string;
  readonly aggregateType: AggregateType;
  readonly aggregateId: string;
  /** 1, 2, 3 … among this producer's events of the aggregate; null when another service left it out. */
  readonly version: number | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly producer: string;
  readonly producerInstance: string;
  readonly traceparent: string | null;
  readonly schemaVersion: number;
  readonly data: JsonObject;
}

/** An envelope and, decoded, the event that it carries. */
export interface Recorded<E extends DomainEvent = DomainEvent> {
  readonly envelope: Envelope;
  readonly event: E;
}

/** Of an entry's `data`, in characters of its JSON. */
export const MAX_DATA_LENGTH = 262_144;
const MAX_OPTIONAL_LENGTH = 500;

/** The wire's JSON of an event's data. */
export const encodeData = (event: DomainEvent): JsonObject => {
  const codec: Codec<unknown> = CATALOGUE[event.type].data;
  return codec.encode(event.data) as JsonObject;
};

/** The event in an envelope. @throws {DecodeError} when `data` is not what the catalogue says of its type. */
export const decodeEvent = (envelope: Pick<Envelope, 'type' | 'data'>): DomainEvent => {
  const { data: codec, upcast } = CATALOGUE[envelope.type];
  const data: unknown = codec.decode(upcast(envelope.data));
  return { type: envelope.type, data } as DomainEvent;
};

/** The fields of a stream entry, name and value in turn, as XADD takes them. Source: events.md. */
export const encodeEntry = (envelope: Envelope): string[] => [
  'event_id',
  envelope.eventId,
  'event_type',
  envelope.type,
  'stream',
  envelope.stream,
  'occurred_at',
  envelope.occurredAt,
  'aggregate_type',
  envelope.aggregateType,
  'aggregate_id',
  envelope.aggregateId,
  'version',
  envelope.version === null ? '' : String(envelope.version),
  'correlation_id',
  envelope.correlationId,
  'causation_id',
  envelope.causationId ?? '',
  'producer',
  envelope.producer,
  'producer_instance',
  envelope.producerInstance,
  'traceparent',
  envelope.traceparent ?? '',
  'schema_version',
  String(envelope.schemaVersion),
  'data',
  JSON.stringify(envelope.data),
];

/**
 * Reads a stream entry that anybody may have written. Fields that may be missing are filled in.
 * @throws {DecodeError} naming the field that cannot be read.
 */
export const decodeEntry = (stream: string, entry: readonly string[]): Recorded => {
  const fields = fieldsOf(entry);
  const type = required(fields, 'event_type');
  if (!isEventType(type)) throw new DecodeError(`event_type: ${type.slice(0, 100)} is not in the catalogue`);
  const envelope: Envelope = {
    eventId: identifierOf(fields, 'event_id'),
    type,
    stream: streamOf(fields, stream, type),
    occurredAt: instantOf(fields),
    aggregateType: aggregateTypeOf(fields, type),
    aggregateId: identifierOf(fields, 'aggregate_id'),
    version: positiveOf(fields, 'version'),
    correlationId: identifierOf(fields, 'correlation_id'),
    causationId: optionalOf(fields, 'causation_id'),
    producer: identifierOf(fields, 'producer'),
    producerInstance: identifierOf(fields, 'producer_instance'),
    traceparent: optionalOf(fields, 'traceparent'),
    schemaVersion: positiveOf(fields, 'schema_version') ?? CATALOGUE[type].schemaVersion,
    data: dataOf(fields),
  };
  const event = decodeEvent(envelope);
  assertNamesItsAggregate(envelope, event);
  assertIdsOfTheirKinds(envelope, event);
  return { envelope, event };
};

const fieldsOf = (entry: readonly string[]): ReadonlyMap<string, string> => {
  const fields = new Map<string, string>();
  for (let index = 0; index + 1 < entry.length; index += 2) fields.set(entry[index] ?? '', entry[index + 1] ?? '');
  return fields;
};

type Fields = ReadonlyMap<string, string>;

const required = (fields: Fields, name: string): string => {
  const value = fields.get(name);
  if (value === undefined || value === '') throw new DecodeError(`${name}: is missing`);
  return value;
};

const identifierOf = (fields: Fields, name: string): string => {
  const value = required(fields, name);
  if (!/^[\w.:-]{1,100}$/.test(value))
    throw new DecodeError(`${name}: must be an identifier of at most 100 characters`);
  return value;
};

const optionalOf = (fields: Fields, name: string): string | null => {
  const value = fields.get(name);
  if (value === undefined || value === '') return null;
  // PostgreSQL's text holds no NUL: such an event could never be kept.
  if (value.length > MAX_OPTIONAL_LENGTH || !isReadableText(value))
    throw new DecodeError(`${name}: must be a text of at most ${MAX_OPTIONAL_LENGTH} characters`);
  return value;
};

const streamOf = (fields: Fields, stream: string, type: EventType): string => {
  const expected = CATALOGUE[type].stream;
  if (required(fields, 'stream') !== stream || stream !== expected)
    throw new DecodeError(`stream: ${type} belongs on ${expected}`);
  return stream;
};

const aggregateTypeOf = (fields: Fields, type: EventType): AggregateType => {
  const expected = CATALOGUE[type].aggregateType;
  if (required(fields, 'aggregate_type') !== expected) throw new DecodeError(`aggregate_type: must be ${expected}`);
  return expected;
};

const instantOf = (fields: Fields): string => {
  const value = required(fields, 'occurred_at');
  const timeMs = timeOf(value);
  if (timeMs === null) throw new DecodeError('occurred_at: must be an RFC 3339 instant');
  return new Date(timeMs).toISOString();
};

const positiveOf = (fields: Fields, name: string): number | null => {
  const value = fields.get(name);
  if (value === undefined || value === '') return null;
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new DecodeError(`${name}: must be a positive whole number`);
  return Number(value);
};

const dataOf = (fields: Fields): JsonObject => {
  const value = required(fields, 'data');
  if (value.length > MAX_DATA_LENGTH) throw new DecodeError(`data: longer than ${MAX_DATA_LENGTH} characters`);
  const data = parseJson(value);
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new DecodeError('data: must be a JSON object');
  // Mended, not refused: a message that somebody cut in the middle of a character tells of a payment all the same.
  const mended = readableUnlessTooDeep(data as JsonObject);
  if (mended === null) throw new DecodeError(`data: is nested deeper than ${MAX_DEPTH}`);
  return mended;
};

const parseJson = (value: string): Json => {
  try {
    return JSON.parse(value) as Json;
  } catch {
    throw new DecodeError('data: is not JSON');
  }
};

const assertNamesItsAggregate = (envelope: Envelope, event: DomainEvent): void => {
  const named = 'orderId' in event.data && envelope.aggregateType === 'Order' ? event.data.orderId : otherOf(event);
  if (named !== null && named !== envelope.aggregateId) {
    throw new DecodeError(`aggregate_id: data speaks of ${named}`);
  }
};

const otherOf = (event: DomainEvent): string | null => {
  if ('deadLetterId' in event.data) return event.data.deadLetterId;
  if (event.type === 'VisitClaimed') return event.data.visitorId;
  return event.type === 'ProductUpserted' || event.type === 'StockAdjusted' ? event.data.productId : null;
};
