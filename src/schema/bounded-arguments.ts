import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLID,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLString,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type Path, spoken } from '../commands/index.ts';
import { fitsInto, isWellFormedText } from '../events/index.ts';
import { eachField } from './each-field.ts';
import { badUserInput } from './failures.ts';

/** Of a text or an id, in characters: longer than any cursor, token or id that panier gives out. */
export const MAX_ARGUMENT = 1_000;

/** @throws a GraphQL error with code `BAD_USER_INPUT` */
type Check = (value: unknown, path: Path) => void;
type Given = Readonly<Record<string, unknown>>;
type Resolver = GraphQLFieldResolver<unknown, object, Given>;
type Field = GraphQLField<unknown, object, Given>;

/** A text that may be any id, cursor or token; what is no text passes. @throws a GraphQL error with code `BAD_USER_INPUT` */
export const checkText: Check = (value, path) => {
  if (typeof value !== 'string') return;
  const name = spoken(path);
  const about = { path, allowed: { type: 'string', maxLength: MAX_ARGUMENT } } as const;
  if (!fitsInto(value, MAX_ARGUMENT)) throw badUserInput(`${name} has at most ${MAX_ARGUMENT} characters.`, about);
  if (isWellFormedText(value)) return;
  throw badUserInput(
    `${name} has a control character, such as NUL, or half of a surrogate pair: it is no text.`,
    about,
  );
};

const checkItems =
  (check: Check): Check =>
  (value, path) => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) check(item, [...path, String(index)]);
  };

type Named = readonly [name: string, check: Check];

const checkFields =
  (fields: readonly Named[]): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null) return;
    const given = value as Given;
    for (const [field, check] of fields) check(given[field], [...path, field]);
  };

const namedChecks = (inputs: readonly Pick<GraphQLArgument, 'name' | 'type'>[]): readonly Named[] =>
  inputs.flatMap(({ name, type }): readonly Named[] => {
    const check = checkOf(type);
    return check === null ? [] : [[name, check]];
  });

/** Null where there is no text to look at. */
const checkOf = (type: GraphQLInputType): Check | null => {
  if (isNonNullType(type)) return checkOf(type.ofType);
  if (isListType(type)) {
    const check = checkOf(type.ofType);
    return check && checkItems(check);
  }
  if (!isInputObjectType(type)) return type === GraphQLString || type === GraphQLID ? checkText : null;
  const fields = namedChecks(Object.values(type.getFields()));
  return fields.length === 0 ? null : checkFields(fields);
};

const checked =
  (checks: readonly Named[], resolve: Resolver): Resolver =>
  (...asked) => {
    for (const [name, check] of checks) check(asked[1][name], [name]);
    return resolve(...asked);
  };

/** The inputs of commands are read by `src/commands`, which refuses them as INVALID_INPUT. */
const isReadByCommands = (type: GraphQLObjectType, { name }: GraphQLArgument): boolean =>
  type.name === 'Mutation' && name === 'input';

const bound = (field: Field, checks: readonly Named[]): void => {
  if (checks.length === 0) return;
  if (field.subscribe !== undefined) field.subscribe = checked(checks, field.subscribe);
  else if (field.resolve !== undefined) field.resolve = checked(checks, field.resolve);
};

/** The schema, with every text that an argument takes bounded, and well formed, before any resolver sees it. */
export const boundedArguments = (schema: GraphQLSchema): GraphQLSchema => {
  eachField<object>(schema, (field, type) => {
    bound(field, namedChecks(field.args.filter((arg) => !isReadByCommands(type, arg))));
  });
  return schema;
};
