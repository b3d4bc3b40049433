import type { AggregateType, EventType } from './catalogue.ts';
import { DecodeError } from './codec.ts';
import { decodeEvent, type Envelope, type Recorded } from './envelope.ts';
import type { JsonObject } from './json.ts';
import { readable } from './readable.ts';

/** An event as a row of a journal or of the event store: what PostgreSQL's driver hands over. */
export interface EventRow {
  readonly event_id: string;
  readonly type: string;
  readonly stream: string;
  readonly occurred_at: Date;
  readonly aggregate_type: string;
  readonly aggregate_id: string;
  readonly version: number | null;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly producer: string;
  readonly producer_instance: string;
  readonly traceparent: string | null;
  readonly schema_version: number;
  readonly data: object;
}

/** An envelope whose time the database is to set, where it is null. */
type Undated = Omit<Envelope, 'occurredAt'> & { readonly occurredAt: string | null };

type Column = readonly [name: keyof EventRow, sqlType: string, of: (envelope: Undated) => unknown];

const COLUMNS: readonly Column[] = [
  ['event_id', 'text', ({ eventId }) => eventId],
  ['type', 'text', ({ type }) => type],
  ['stream', 'text', ({ stream }) => stream],
  ['aggregate_type', 'text', ({ aggregateType }) => aggregateType],
  ['aggregate_id', 'text', ({ aggregateId }) => aggregateId],
  ['version', 'integer', ({ version }) => version],
  ['correlation_id', 'text', ({ correlationId }) => correlationId],
  ['causation_id', 'text', ({ causationId }) => causationId],
  ['producer', 'text', ({ producer }) => producer],
  ['producer_instance', 'text', ({ producerInstance }) => producerInstance],
  ['traceparent', 'text', ({ traceparent }) => traceparent],
  ['schema_version', 'integer', ({ schemaVersion }) => schemaVersion],
  ['data', 'json', ({ data }) => JSON.stringify(readable(data))],
  ['occurred_at', 'timestamptz', ({ occurredAt }) => occurredAt],
];

/** The names of an event's columns, for a column list of SQL. */
export const EVENT_COLUMN_NAMES = COLUMNS.map(([name]) => name).join(', ');

/** {@link EVENT_COLUMN_NAMES} for a select list, some of them as an expression. */
export const eventColumns = (expressions: Partial<Record<keyof EventRow, string>>): string =>
  COLUMNS.map(([name]) => expressions[name] ?? name).join(', ');

/** `$first::text[], …`: one array parameter for each column, counted from `first`, as `unnest` takes them. */
export const eventArrayParameters = (first: number): string =>
  COLUMNS.map(([, sqlType], index) => `$${first + index}::${sqlType}[]`).join(', ');

/** How many parameters {@link eventArrayParameters} takes. */
export const EVENT_COLUMN_COUNT = COLUMNS.length;

/** The values of {@link eventArrayParameters}: for each column the array of what the envelopes hold. */
export const eventArrays = (envelopes: readonly Undated[]): unknown[][] => COLUMNS.map(([, , of]) => envelopes.map(of));

/** The envelope that a row holds. Rows of earlier versions may hold text that is to be mended. */
export const envelopeOf = (row: EventRow): Envelope => ({
  eventId: row.event_id,
  type: row.type as EventType,
  stream: row.stream,
  occurredAt: row.occurred_at.toISOString(),
  aggregateType: row.aggregate_type as AggregateType,
  aggregateId: row.aggregate_id,
  version: row.version,
  correlationId: row.correlation_id,
  causationId: row.causation_id,
  producer: row.producer,
  producerInstance: row.producer_instance,
  traceparent: row.traceparent,
  schemaVersion: row.schema_version,
  data: readable(row.data as JsonObject),
});

/** The envelope that a row holds, with its event. @throws {DecodeError} naming the event that cannot be read. */
export const recordedOf = (row: EventRow): Recorded => {
  const envelope = envelopeOf(row);
  try {
    return { envelope, event: decodeEvent(envelope) };
  } catch (error) {
    if (error instanceof DecodeError) throw new DecodeError(`${row.event_id}: ${error.message}`, { cause: error });
    throw error;
  }
};
