import { CATALOGUE, type EventType } from './catalogue.ts';
import { ID_PREFIXES } from './ids.ts';
import { type Definitions, IDENTIFIER_SCHEMA, INSTANT_SCHEMA, type JsonSchema } from './json-schema.ts';

const ID_LENGTH = 100;
const REST = '[A-Za-z0-9_.:-]';

const text = (pattern: string): JsonSchema => ({ type: 'string', pattern });
const word = (expected: string): JsonSchema => ({ type: 'string', const: expected });

const aggregateId = (prefix: string): JsonSchema => text(`^${prefix}${REST}{1,${ID_LENGTH - prefix.length}}$`);

/** May be empty, as what is not known stands in an entry. */
const ID_OR_EMPTY = text(`^${REST}{0,${ID_LENGTH}}$`);
const NUMBER_OR_EMPTY = text('^([1-9][0-9]{0,8})?$');
const TRACE_OR_EMPTY = text('^([0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2})?$');

const REQUIRED = [
  'event_id',
  'event_type',
  'stream',
  'occurred_at',
  'aggregate_type',
  'aggregate_id',
  'correlation_id',
  'producer',
  'producer_instance',
] as const;

const fieldsOf = (type: EventType, version: number): Definitions => ({
  event_id: IDENTIFIER_SCHEMA,
  event_type: word(type),
  stream: word(CATALOGUE[type].stream),
  occurred_at: INSTANT_SCHEMA,
  aggregate_type: word(CATALOGUE[type].aggregateType),
  aggregate_id: aggregateId(ID_PREFIXES[CATALOGUE[type].aggregateType]),
  version: NUMBER_OR_EMPTY,
  correlation_id: IDENTIFIER_SCHEMA,
  causation_id: ID_OR_EMPTY,
  producer: IDENTIFIER_SCHEMA,
  producer_instance: IDENTIFIER_SCHEMA,
  traceparent: TRACE_OR_EMPTY,
  schema_version: word(String(version)),
});

/**
 * The fields of a stream entry beside `data`, all of them text, as they are to be written. An entry is read that takes
 * more liberties: an instant in any time zone, say.
 */
export const envelopeSchema = (type: EventType, version: number): JsonSchema => ({
  type: 'object',
  properties: fieldsOf(type, version),
  required: REQUIRED,
});
