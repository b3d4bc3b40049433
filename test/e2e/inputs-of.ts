import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isUnionType,
} from 'graphql';

type Json = Readonly<Record<string, unknown>>;

/** What each field of a mutation's arguments is given, by its name, when another one is the matter. */
export type Sound = Json;

/** A field among a mutation's arguments that holds no others. */
export interface Leaf {
  readonly mutation: string;
  readonly document: string;
  /** `['input', 'items', '1', 'quantity']` */
  readonly path: readonly string[];
  /** `ID`, `[String!]`, without what says whether it is required. */
  readonly type: string;
  /** The variables with the value there, and sound ones everywhere else. */
  readonly with: (value: unknown) => Json;
}

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

interface Field {
  readonly name: string;
  readonly type: GraphQLInputType;
}

interface Spot {
  readonly path: readonly string[];
  readonly type: string;
  readonly with: (value: unknown) => unknown;
}

const soundOf = ({ name, type }: Field, sound: Sound): unknown => {
  const inner = getNullableType(type);
  if (isListType(inner)) {
    const item = getNullableType(inner.ofType);
    if (isInputObjectType(item)) return [soundOf({ name, type: item }, sound), soundOf({ name, type: item }, sound)];
  }
  if (!isInputObjectType(inner)) return sound[name];
  return Object.fromEntries(Object.values(inner.getFields()).map((field) => [field.name, soundOf(field, sound)]));
};

/** In a list, the second member is the one that is wrong. */
const inList = ({ path, with: put, ...spot }: Spot, first: unknown): Spot => ({
  ...spot,
  path: ['1', ...path],
  with: (value) => [first, put(value)],
});

const spotsOf = (field: Field, sound: Sound): readonly Spot[] => {
  const type = getNullableType(field.type);
  if (isListType(type)) {
    const item = { name: field.name, type: type.ofType };
    if (isInputObjectType(getNullableType(item.type)))
      return spotsOf(item, sound).map((spot) => inList(spot, soundOf(item, sound)));
  }
  if (!isInputObjectType(type)) return [{ path: [], type: String(type), with: (value) => value }];
  const whole = soundOf(field, sound) as Json;
  return Object.values(type.getFields()).flatMap((inner) =>
    spotsOf(inner, sound).map(({ path, with: put, ...spot }) => ({
      ...spot,
      path: [inner.name, ...path],
      with: (value) => ({ ...whole, [inner.name]: put(value) }),
    })),
  );
};

const documentOf = ({ name: mutation, args, type: answer }: GraphQLField<unknown, unknown>): string => {
  const union = getNamedType(answer);
  if (!isUnionType(union)) throw new Error(`${mutation} answers with no union`);
  const isBounded = union.getTypes().some(({ name }) => name === 'InvalidInputError');
  const variables = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const given = args.map(({ name }) => `${name}: $${name}`).join(', ');
  return `mutation (${variables}) { ${mutation}(${given}) {
    __typename ... on UserError { code message path } ${isBounded ? '... on InvalidInputError { allowed }' : ''} } }`;
};

/** Every leaf of every argument of every mutation. */
export const leavesOfMutations = (soundFor: (mutation: string) => Sound): readonly Leaf[] =>
  Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) => {
    const { name: mutation, args } = field;
    const sound = soundFor(mutation);
    return args.flatMap((arg) =>
      spotsOf(arg, sound).map(({ path, type, with: put }) => ({
        mutation,
        document: documentOf(field),
        path: [arg.name, ...path],
        type,
        with: (value) => ({
          ...Object.fromEntries(args.map((each) => [each.name, soundOf(each, sound)])),
          [arg.name]: put(value),
        }),
      })),
    );
  });
