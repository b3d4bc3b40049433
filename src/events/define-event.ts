import type { Codec } from './codec.ts';
import type { JsonObject } from './json.ts';
import type { Definitions, JsonSchema } from './json-schema.ts';

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
  /** Makes the second version of the data of the first, in wire form, and leaves the second as it is (ADR-025). */
  readonly upcast: (wire: JsonObject) => JsonObject;
  /** What the first version had and the second has not. */
  readonly formerly: Definitions;
}

/** An event type in its second version. */
export const second = <D extends ReturnType<typeof define>>(newest: D, { upcast, formerly }: Upcast): D => {
  const { schema } = newest.data;
  const first = { ...schema, properties: { ...schema.properties, ...formerly } };
  return { ...newest, upcast, schemaVersion: 2, versions: [first, schema] };
};
