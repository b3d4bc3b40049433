type SchemaType = 'string' | 'integer' | 'boolean' | 'array' | 'object' | 'null';

/** As much of JSON Schema 2020-12 as events need; AsyncAPI's own schemas (draft 7) read it alike. */
export interface JsonSchema {
  readonly $ref?: string;
  /** What it is called wherever it is meant: documents define it once, and refer to it. */
  readonly title?: string;
  readonly description?: string;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly const?: string | boolean;
  readonly enum?: readonly string[];
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
}

/** Only a schema of one type has it, as all of nullable fields have. */
export const orNull = (schema: JsonSchema): JsonSchema => {
  const { type } = schema;
  if (typeof type !== 'string' || schema.enum !== undefined || schema.const !== undefined)
    throw new TypeError('A nullable field has one type, and no list of values.');
  const { title: _title, ...untitled } = schema;
  return { ...untitled, type: [type, 'null'] };
};

/** Whether the schema takes null, as the one of a field does that may be missing. */
export const takesNull = ({ type }: JsonSchema): boolean => Array.isArray(type) && type.includes('null');

export const IDENTIFIER_SCHEMA: JsonSchema = {
  title: 'Identifier',
  type: 'string',
  pattern: '^[A-Za-z0-9_.:-]{1,100}$',
};

const YEAR = '([0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})';
const TIME = '([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?';

/** In UTC, in the years 1 to 9999, without leap seconds. That the day is in its month is for `format` to say. */
export const INSTANT_SCHEMA: JsonSchema = {
  title: 'Instant',
  type: 'string',
  format: 'date-time',
  pattern: `^${YEAR}-[0-9]{2}-[0-9]{2}T${TIME}(Z|[+-]00:00)$`,
};

export type Definitions = Readonly<Record<string, JsonSchema>>;

/** Schemas that refer to those with a title by `base` and the title, and these. */
export const shared = (
  schemas: Definitions,
  base: string,
): { readonly schemas: Definitions; readonly titled: Definitions } => {
  const titled: Record<string, JsonSchema> = {};
  const refer = (schema: JsonSchema): JsonSchema => {
    const { title, description, items, properties, ...rest } = schema;
    if (title !== undefined) {
      titled[title] = { title, ...rest };
      return { $ref: `${base}${title}`, ...(description === undefined ? {} : { description }) };
    }
    return {
      ...(description === undefined ? {} : { description }),
      ...rest,
      ...(properties === undefined ? {} : { properties: mapValues(properties, refer) }),
      ...(items === undefined ? {} : { items: refer(items) }),
    };
  };
  return { schemas: mapValues(schemas, refer), titled };
};

const mapValues = (schemas: Definitions, map: (schema: JsonSchema, name: string) => JsonSchema): Definitions =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, map(schema, name)]));
