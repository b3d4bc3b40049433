import { CATALOGUE, type EventType } from './catalogue.ts';
import { envelopeSchema } from './envelope-schema.ts';
import { type Definitions, type JsonSchema, shared } from './json-schema.ts';

/** An event type in one of its versions. */
export interface EventVersion {
  readonly type: EventType;
  readonly version: number;
  readonly isNewest: boolean;
  /** `OrderCreated.2` */
  readonly name: string;
  /** Of its `data`, on the wire. */
  readonly data: JsonSchema;
}

/** Every version of every event type, in the order of the catalogue, older versions first. */
export const EVENT_VERSIONS: readonly EventVersion[] = (Object.keys(CATALOGUE) as readonly EventType[]).flatMap(
  (type) => {
    const { versions, schemaVersion } = CATALOGUE[type];
    return versions.map((data, index) => {
      const version = index + 1;
      return { type, version, isNewest: version === schemaVersion, name: `${type}.${version}`, data };
    });
  },
);

const withData = ({ type, version, data }: EventVersion): JsonSchema => {
  const { properties, required = [], ...envelope } = envelopeSchema(type, version);
  return { ...envelope, properties: { ...properties, data }, required: [...required, 'data'] };
};

/** JSON Schema 2020-12 of every event in each version: its entry on the stream, with `data` as an object. */
export const eventSchemas = (): { readonly $schema: string; readonly $defs: Definitions } => {
  const events = Object.fromEntries(EVENT_VERSIONS.map((event) => [event.name, withData(event)]));
  const { schemas, titled } = shared(events, '#/$defs/');
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $defs: { ...titled, ...schemas } };
};
