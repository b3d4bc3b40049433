import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isRequiredArgument,
} from 'graphql';

/** An argument, or a field of one, of a query or a subscription. */
export interface Place {
  /** `Query.events.filter.since`. */
  readonly name: string;
  readonly kind: 'query' | 'subscription';
  /** `ID`, `String`, `Int`, `DateTime` or the name of an enum. */
  readonly type: string;
  readonly isList: boolean;
  readonly document: string;
  /** The value of the document's variable that puts a value into this place. */
  readonly valueOf: (value: unknown) => unknown;
}

export type Given = Readonly<Record<string, unknown>>;

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));

interface Asked {
  readonly kind: Place['kind'];
  readonly field: GraphQLField<unknown, unknown>;
  readonly given: Given;
}

const documentOf = ({ kind, field, given }: Asked, arg: GraphQLArgument): string => {
  const others = field.args
    .filter((other) => other !== arg && isRequiredArgument(other))
    .map((other) => `${other.name}: ${JSON.stringify(given[other.name])}`);
  const selection = isCompositeType(getNamedType(field.type)) ? '{ __typename }' : '';
  return `${kind} ($value: ${String(arg.type)}) { ${field.name}(${[...others, `${arg.name}: $value`].join(', ')}) ${selection} }`;
};

/** Every list of the schema, by its name: the selection of its first cursor. */
export const listsIn = (given: Given): ReadonlyMap<string, string> =>
  new Map(
    Object.values(schema.getQueryType()?.getFields() ?? {})
      .filter(({ args }) => args.some(({ name }) => name === 'after'))
      .map(({ name, args }) => {
        const needed = args.filter(isRequiredArgument).map((arg) => `${arg.name}: ${JSON.stringify(given[arg.name])}`);
        return [name, `${name}(${['first: 1', ...needed].join(', ')}) { edges { cursor } }`];
      }),
  );

type Inner = readonly [path: string, type: GraphQLInputType, valueOf: Place['valueOf']];

const innersOf = (arg: GraphQLArgument): readonly Inner[] => {
  const type = getNullableType(arg.type);
  if (!isInputObjectType(type)) return [[arg.name, arg.type, (value) => value]];
  return Object.values(type.getFields()).map(
    (field): Inner => [`${arg.name}.${field.name}`, field.type, (value) => ({ [field.name]: value })],
  );
};

/** Every place where a query or a subscription takes a value, as the schema has it; `given` fills the required ones. */
export const placesIn = (given: Given): readonly Place[] =>
  ([schema.getQueryType(), schema.getSubscriptionType()] as const).flatMap((root) =>
    Object.values(root?.getFields() ?? {}).flatMap((field) =>
      field.args.flatMap((arg) => {
        const kind = root === schema.getQueryType() ? 'query' : 'subscription';
        return innersOf(arg).map(
          ([path, type, valueOf]): Place => ({
            name: `${root?.name}.${field.name}.${path}`,
            kind,
            type: getNamedType(type).name,
            isList: isListType(getNullableType(type)),
            document: documentOf({ kind, field, given }, arg),
            valueOf,
          }),
        );
      }),
    ),
  );
