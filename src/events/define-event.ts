import type { Codec } from './codec.ts';
import type { JsonObject } from './json.ts';
import type { JsonSchema } from './json-schema.ts';

/** An event type in its first version: its aggregate, its stream and the codec of its `data`. */
export const define = <A extends string, S extends string, C extends Codec<unknown>>(
  aggregateType: A,
  stream: S,
  data: C,
) => ({
  aggregateType,
  stream,
  data,
  schemaVersion: 1,
  /** What is read of each version, from the first on, as it stands on the wire. */
  versions: [data.schema] as readonly JsonSchema[],
  upcast: (wire: JsonObject): JsonObject => wire,
});

interface Upcast {
  /** The upcaster: makes the second version of the data of the first, in wire form, and leaves the second as it is (ADR-025). */
  readonly upcast: (wire: JsonObject) => JsonObject;
  /** What is read of the first version, given what is read of the second. */
  readonly first: (second: JsonSchema) => JsonSchema;
}

/** An event type in its second version. */
export const second = <D extends ReturnType<typeof define>>(newest: D, { upcast, first }: Upcast): D => {
  const { schema } = newest.data;
  return { ...newest, upcast, schemaVersion: 2, versions: [first(schema), schema] };
};
