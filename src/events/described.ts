import type { JsonSchema } from './json-schema.ts';

type Meanings = Readonly<Record<string, string>>;

/** The schema with what each field means, those of lines as well. */
export const described = (schema: JsonSchema, meanings: Meanings): JsonSchema => {
  const { properties, items } = schema;
  return {
    ...schema,
    ...(items === undefined ? {} : { items: described(items, meanings) }),
    ...(properties === undefined ? {} : { properties: describedFields(properties, meanings) }),
  };
};

const describedFields = (fields: Readonly<Record<string, JsonSchema>>, meanings: Meanings) =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, describedField(field, name, meanings)]));

const describedField = (field: JsonSchema, name: string, meanings: Meanings): JsonSchema => {
  const description = meanings[name];
  return { ...described(field, meanings), ...(description === undefined ? {} : { description }) };
};
