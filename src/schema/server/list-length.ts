import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  Kind,
  type ValueNode,
} from 'graphql';
import { DEFAULT_PAGE } from '../page-args.ts';

/** Lines and steps of an order, lines of a cart: what most have is fewer. */
export const LIST = 10;

/** Arguments that name each member of the list that a field answers with. */
const NAMING = ['ids', 'representations'];

/** Of introspection, as this schema has them on average. A type that stands in no list ends a chain of `ofType`. */
const META_LENGTHS: Readonly<Record<string, number>> = {
  fields: 5,
  args: 0.5,
  inputFields: 1,
  enumValues: 1,
  interfaces: 0.5,
  possibleTypes: 1,
  directives: 5,
};

const argumentOf = ({ arguments: given = [] }: FieldNode, name: string): ArgumentNode | undefined =>
  given.find((each) => each.name.value === name);

/** What a variable holds is not known when a document is read, so it holds as much as it may. */
const asked = (value: ValueNode, most: number): number =>
  value.kind === Kind.INT ? Math.min(Number(value.value), most) : most;

/** How many edges a page holds, of as many as it may; null when the field is none. */
export const pageOf = ({ args }: GraphQLField<unknown, unknown>, node: FieldNode, most: number): number | null => {
  if (!args.some(({ name }) => name === 'first')) return null;
  const sizes = ['first', 'last'].flatMap((name) => argumentOf(node, name)?.value ?? []);
  const given = sizes.filter(({ kind }) => kind !== Kind.NULL).map((value) => asked(value, most));
  return given.length > 0 ? Math.max(...given) : Math.min(DEFAULT_PAGE, most);
};

interface List {
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
  readonly isMeta: boolean;
  readonly page: number | null;
  readonly schema: GraphQLSchema;
  readonly pageSize: number;
}

/** The argument that names each member of the list; undefined when there is none. */
export const namingOf = ({ args }: Pick<GraphQLField<unknown, unknown>, 'args'>): string | undefined =>
  args.find(({ name }) => NAMING.includes(name))?.name;

const namedIn = (node: FieldNode, naming: string, most: number): number => {
  const named = argumentOf(node, naming)?.value;
  return named?.kind === Kind.LIST ? named.values.length : most;
};

/** How many members the list of a field is taken to have. */
export const lengthOf = ({ field, node, isMeta, page, schema, pageSize }: List): number => {
  if (isMeta)
    return field.name === 'types' ? Object.keys(schema.getTypeMap()).length : (META_LENGTHS[field.name] ?? LIST);
  if (page !== null && field.name === 'edges') return page;
  const naming = namingOf(field);
  return naming === undefined ? LIST : namedIn(node, naming, pageSize);
};
