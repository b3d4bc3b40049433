import { readFileSync } from 'node:fs';
import { buildSchema, introspectionFromSchema, isAbstractType, isObjectType } from 'graphql';

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const types = Object.values(schema.getTypeMap());

/** Of which types each interface and union is, for Apollo's cache. */
export const possibleTypes = Object.fromEntries(
  types.filter(isAbstractType).map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
);
/** The same, and more, for graphcache. */
export const introspection = introspectionFromSchema(schema);
/** What has no id is part of what it stands in. */
export const keys = Object.fromEntries(
  types
    .filter((type) => isObjectType(type) && type.getFields()['id'] === undefined)
    .map(({ name }) => [name, () => null]),
);
