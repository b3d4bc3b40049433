import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLEnumValue,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import { expect, it } from 'vitest';

type Described = readonly [name: string, what: { readonly description?: string | null | undefined }];

const named = (
  on: string,
  each: readonly (GraphQLArgument | GraphQLEnumValue | GraphQLInputField)[],
): readonly Described[] => each.map((one): Described => [`${on}.${one.name}`, one]);

const fieldsIn = (on: string, fields: readonly GraphQLField<unknown, unknown>[]): readonly Described[] =>
  fields.flatMap((field) => [[`${on}.${field.name}`, field] as const, ...named(`${on}.${field.name}`, field.args)]);

const partsOf = (type: GraphQLNamedType): readonly Described[] => {
  if (isObjectType(type) || isInterfaceType(type)) return fieldsIn(type.name, Object.values(type.getFields()));
  if (isEnumType(type)) return named(type.name, type.getValues());
  return isInputObjectType(type) ? named(type.name, Object.values(type.getFields())) : [];
};

it('every type, field, argument, enum value and input field of schema.graphql says what it is', () => {
  const types = Object.values(buildSchema(readFileSync('schema.graphql', 'utf8')).getTypeMap());
  const own = types.filter((type) => !isIntrospectionType(type));
  const all = own.flatMap((type): readonly Described[] => [[type.name, type], ...partsOf(type)]);
  const silent = all.filter(([, { description }]) => (description ?? '').trim() === '').map(([name]) => name);
  expect(silent).toEqual([]);
  expect(all.length).toBeGreaterThan(400);
});
