import {
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Draws, drawOptional } from '../draw/draw-input.ts';
import type { Value } from '../value.ts';

export interface Selecting {
  readonly schema: GraphQLSchema;
  readonly draws: Draws;
  /** How the value of an argument is written: into the document, or as a variable. */
  readonly write: (value: Value, typeName: string) => ArgumentNode['value'];
  /** Members of a union share one answer: their fields need names of their own, or `status` of two types would collide. */
  readonly aliases: 'Some' | 'All';
  /** Moves selections into a fragment of the document; returns its name. */
  readonly fragment: (typeName: string, selections: SelectionSetNode) => string;
}

/** Deep enough for `order { steps { event { data } } }`, and never without end: carts lead to orders, orders to products. */
const MAX_DEPTH = 6;
const LIKELY = 0.65;

const name = (value: string) => ({ kind: Kind.NAME, value }) as const;

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: name('__typename') };

const condition = (selecting: Selecting): readonly DirectiveNode[] => {
  const { random } = selecting.draws;
  if (!random.chance(0.06)) return [];
  const directive = random.pick(['include', 'skip']);
  const keeps: Value = { type: 'Boolean', value: directive === 'include' || random.chance(0.1) };
  const argument: ArgumentNode = { kind: Kind.ARGUMENT, name: name('if'), value: selecting.write(keeps, 'Boolean!') };
  return [{ kind: Kind.DIRECTIVE, name: name(directive), arguments: [argument] }];
};

type OutputField = GraphQLField<unknown, unknown>;

/** The arguments of a field, as they are drawn. */
const argumentsOf = (parent: string, field: OutputField, selecting: Selecting): readonly ArgumentNode[] =>
  field.args.flatMap((argument): readonly ArgumentNode[] => {
    const coordinate = `${parent}.${field.name}(${argument.name}:)`;
    const around = { coordinate, answers: getNamedType(field.type).name, owner: null };
    const value = drawOptional(argument, around, selecting.draws);
    if (value === null) return [];
    const written = selecting.write(value, String(argument.type));
    return [{ kind: Kind.ARGUMENT, name: name(argument.name), value: written }];
  });

interface Selected {
  readonly parent: string;
  readonly field: OutputField;
  readonly alias: string | null;
  readonly depth: number;
}

/** A field with arguments, and what is asked of its answer. */
export const selectField = ({ parent, field, alias, depth }: Selected, selecting: Selecting): FieldNode => {
  const type = getNamedType(field.type);
  return {
    kind: Kind.FIELD,
    name: name(field.name),
    ...(alias !== null && { alias: name(alias) }),
    arguments: argumentsOf(parent, field, selecting),
    directives: depth === 0 ? [] : condition(selecting),
    ...(!isLeafType(type) && { selectionSet: selectOf(type, { ...selecting, aliases: 'Some' }, depth + 1) }),
  };
};

const wanted = (fields: readonly OutputField[], selecting: Selecting, depth: number): readonly OutputField[] => {
  const { random } = selecting.draws;
  return fields.filter(({ type, name: fieldName }) => {
    const isLeaf = isLeafType(getNamedType(type));
    if (!isLeaf && depth >= MAX_DEPTH) return false;
    return random.chance(fieldName === 'id' ? 0.9 : LIKELY);
  });
};

const fieldsOf = (type: GraphQLNamedType, selecting: Selecting, depth: number): readonly SelectionNode[] => {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return wanted(Object.values(type.getFields()), selecting, depth).map((field) => {
    // Arguments and conditions may differ where a field is selected again: an alias of its own keeps the document valid.
    const isAliased = selecting.aliases === 'All' || field.args.length > 0 || selecting.draws.random.chance(0.08);
    const alias = isAliased ? `${field.name}_${selecting.draws.random.integer(0, 1e9)}` : null;
    return selectField({ parent: type.name, field, alias, depth }, selecting);
  });
};

const spread = (typeName: string, selectionSet: SelectionSetNode, selecting: Selecting): SelectionNode => {
  const isNamed = selecting.draws.random.chance(0.2);
  if (isNamed) return { kind: Kind.FRAGMENT_SPREAD, name: name(selecting.fragment(typeName, selectionSet)) };
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: name(typeName) },
    directives: condition(selecting),
    selectionSet,
  };
};

const membersOf = (type: GraphQLNamedType, selecting: Selecting, depth: number): readonly SelectionNode[] => {
  if (!isAbstractType(type)) return [];
  const { schema, draws } = selecting;
  const members = schema.getPossibleTypes(type).filter(() => draws.random.chance(depth >= MAX_DEPTH ? 0.3 : 0.8));
  const within: Selecting = { ...selecting, aliases: 'All' };
  return members.map((member) => spread(member.name, selectOf(member, within, depth + 1), selecting));
};

/** What is asked of a type: fields, those of its members, or fragments. Never nothing. */
const selectOf = (type: GraphQLNamedType, selecting: Selecting, depth: number): SelectionSetNode => {
  const fields = fieldsOf(type, selecting, depth);
  const members = membersOf(type, selecting, depth);
  const isAbstract = isAbstractType(type);
  const selections = [...(isAbstract || fields.length === 0 ? [TYPENAME] : []), ...fields, ...members];
  const set: SelectionSetNode = { kind: Kind.SELECTION_SET, selections };
  if (depth > MAX_DEPTH || !selecting.draws.random.chance(0.1)) return set;
  return { kind: Kind.SELECTION_SET, selections: [spread(type.name, set, selecting)] };
};
