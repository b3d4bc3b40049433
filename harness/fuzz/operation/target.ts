import { type GraphQLInputType, type GraphQLSchema, getNamedType, isInputObjectType } from 'graphql';
import { HOSTILE_KINDS } from '../draw/hostile.ts';
import { NODE_TYPES, type OperationType } from './operation.ts';

/** One argument, or field of an input, that is given one kind of hostile value; all around it is sensible. */
export interface Target {
  readonly type: OperationType;
  /** The field of the root type by which it is reached. */
  readonly field: string;
  readonly coordinate: string;
  readonly kind: string;
}

const TYPES: readonly OperationType[] = ['query', 'mutation', 'subscription'];

const inInput = (type: GraphQLInputType): readonly string[] => {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => [`${named.name}.${field.name}`, ...inInput(field.type)]);
};

const ofRoot = (schema: GraphQLSchema, type: OperationType): readonly Omit<Target, 'kind'>[] => {
  const root = schema.getRootType(NODE_TYPES[type]);
  return Object.values(root?.getFields() ?? {}).flatMap(({ name: field, args }) =>
    args
      .flatMap((argument) => [`${root?.name}.${field}(${argument.name}:)`, ...inInput(argument.type)])
      .map((coordinate) => ({ type, field, coordinate })),
  );
};

/** Every argument of the schema with every kind of hostile value, once each. */
export const targetsOf = (schema: GraphQLSchema): readonly Target[] =>
  TYPES.flatMap((type) => ofRoot(schema, type)).flatMap((place) => HOSTILE_KINDS.map((kind) => ({ ...place, kind })));

/** Has no divisor in common with any number of targets: by its multiples all of them are met before one comes again. */
const STRIDE = 7_368_787;

/** The target of an operation: all of them, each once, in an order that the seed decides. */
export const targetAt = (targets: readonly Target[], seed: number, index: number): Target => {
  const target = targets[(index * STRIDE + seed) % targets.length];
  if (target === undefined) throw new Error('The schema has no arguments.');
  return target;
};
