import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** One value of an answer: a leaf, or something that was answered with fields of its own. */
export interface Visit {
  /** As `Cart.id`. */
  readonly field: string;
  /** The type that it is of. */
  readonly type: GraphQLNamedType;
  readonly value: unknown;
  /** The id of the nearest thing around it whose id was asked for. */
  readonly owner: string | null;
  /** The fields that lead to it, itself included, from the root on. */
  readonly path: readonly string[];
}

type Answered = Readonly<Record<string, unknown>>;

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly visit: (visit: Visit) => void;
}

const isAnswered = (value: unknown): value is Answered =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

const fits = (schema: GraphQLSchema, type: GraphQLObjectType, condition: string | undefined): boolean => {
  if (condition === undefined || condition === type.name) return true;
  const other = schema.getType(condition);
  return isAbstractType(other) && schema.isSubType(other, type);
};

/** The fields that are about the type, out of all fragments. */
const fieldsFor = (walk: Walk, type: GraphQLObjectType, set: SelectionSetNode): readonly FieldNode[] =>
  set.selections.flatMap((selection): readonly FieldNode[] => {
    if (selection.kind === Kind.FIELD) return [selection];
    const part = selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value);
    if (!part || !fits(walk.schema, type, part.typeCondition?.name.value)) return [];
    return fieldsFor(walk, type, part.selectionSet);
  });

/** An object is of the type that is declared, or of the one that it names. */
const typeOf = ({ schema }: Walk, declared: GraphQLNamedType, answered: Answered): GraphQLObjectType | null => {
  if (isObjectType(declared)) return declared;
  const type = schema.getType(String(answered['__typename']));
  return isObjectType(type) ? type : null;
};

const idIn = (fields: readonly FieldNode[], answered: Answered): string | null => {
  const field = fields.find(({ name }) => name.value === 'id');
  const id = field && answered[keyOf(field)];
  return typeof id === 'string' ? id : null;
};

type At = Omit<Visit, 'field' | 'type'> & { readonly type: GraphQLObjectType };

const walkObject = (walk: Walk, set: SelectionSetNode, { type, value, owner, path }: At): void => {
  if (!isAnswered(value)) return;
  const fields = fieldsFor(walk, type, set);
  const id = idIn(fields, value) ?? owner;
  for (const node of fields) {
    const field = type.getFields()[node.name.value];
    if (!field || !(keyOf(node) in value)) continue;
    const name = `${type.name}.${field.name}`;
    const visit = { field: name, type: getNamedType(field.type), path: [...path, name] };
    walkValue(walk, node, { ...visit, value: value[keyOf(node)], owner: field.name === 'id' ? owner : id });
  }
};

const walkValue = (walk: Walk, node: FieldNode, visit: Visit): void => {
  const { value } = visit;
  if (Array.isArray(value)) return value.forEach((item: unknown) => walkValue(walk, node, { ...visit, value: item }));
  walk.visit(visit);
  if (!node.selectionSet || !isAnswered(value)) return;
  const type = typeOf(walk, visit.type, value);
  if (type !== null) walkObject(walk, node.selectionSet, { ...visit, type });
};

interface Answer {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly data: unknown;
}

/** Visits every value of an answer, with the field of the schema that gave it. */
export const walkAnswer = ({ schema, document, data }: Answer, visit: (visit: Visit) => void): void => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    const root = schema.getRootType(node.operation);
    if (root)
      walkObject({ schema, fragments, visit }, node.selectionSet, { type: root, value: data, owner: null, path: [] });
  }
};
