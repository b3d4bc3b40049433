import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { lengthOf, pageOf } from './list-length.ts';

/** What an operation asks for, with its fragments where they are spread. */
export interface DocumentSize {
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly rootFields: number;
  readonly cost: number;
}

const NOTHING: DocumentSize = { depth: 0, aliases: 0, directives: 0, rootFields: 0, cost: 0 };

type Parent = GraphQLNamedType | undefined;

const sum = (sizes: readonly DocumentSize[]): DocumentSize =>
  sizes.reduce(
    (all, each) => ({
      depth: Math.max(all.depth, each.depth),
      aliases: all.aliases + each.aliases,
      directives: all.directives + each.directives,
      rootFields: all.rootFields + each.rootFields,
      cost: all.cost + each.cost,
    }),
    NOTHING,
  );

const largest = (one: DocumentSize, other: DocumentSize): DocumentSize => ({
  depth: Math.max(one.depth, other.depth),
  aliases: Math.max(one.aliases, other.aliases),
  directives: Math.max(one.directives, other.directives),
  rootFields: Math.max(one.rootFields, other.rootFields),
  cost: Math.max(one.cost, other.cost),
});

type Field = GraphQLField<unknown, unknown>;

const META: Readonly<Record<string, Field>> = {
  [SchemaMetaFieldDef.name]: SchemaMetaFieldDef,
  [TypeMetaFieldDef.name]: TypeMetaFieldDef,
};

const fieldOf = (parent: Parent, name: string): Field | undefined =>
  isObjectType(parent) || isInterfaceType(parent) ? (parent.getFields()[name] ?? META[name]) : undefined;

interface Within {
  readonly parent: Parent;
  /** How many edges the page holds in which the selection stands; null outside of pages. */
  readonly page: number | null;
}

/** By what is measured: a page whose size is not known is as large as one may be. */
export interface Scale {
  readonly schema: GraphQLSchema;
  readonly pageSize: number;
}

/** Measures before validation, so that it takes what no schema knows, and fragments that spread each other. */
class Measure {
  readonly #scale: Scale;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Each fragment is measured once: spread within each other, they would be as many as two to the power of their number. */
  readonly #known = new Map<string, DocumentSize>();

  constructor(scale: Scale, fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#scale = scale;
    this.#fragments = fragments;
  }

  of({ selectionSet, directives = [], operation }: OperationDefinitionNode): DocumentSize {
    const root = { parent: this.#scale.schema.getRootType(operation) ?? undefined, page: null };
    const size = this.#selection(selectionSet, root);
    return { ...size, directives: size.directives + directives.length };
  }

  /** Cost of one member of the list that a field answers with. */
  ofMember(node: FieldNode, parent: GraphQLNamedType): number {
    return this.#within(node, fieldOf(parent, node.name.value)).cost;
  }

  #selection({ selections }: SelectionSetNode, within: Within): DocumentSize {
    return sum(selections.map((each) => this.#node(each, within)));
  }

  #node(node: SelectionNode, within: Within): DocumentSize {
    const size = this.#contents(node, within);
    return { ...size, directives: size.directives + (node.directives?.length ?? 0) };
  }

  #contents(node: SelectionNode, within: Within): DocumentSize {
    if (node.kind === Kind.FIELD) return this.#field(node, within);
    if (node.kind === Kind.FRAGMENT_SPREAD) return this.#fragment(node.name.value, within);
    const parent = node.typeCondition ? this.#typeNamed(node.typeCondition.name.value) : within.parent;
    return this.#selection(node.selectionSet, { ...within, parent });
  }

  #typeNamed(name: string): Parent {
    return this.#scale.schema.getType(name);
  }

  #fragment(name: string, { page }: Within): DocumentSize {
    const fragment = this.#fragments.get(name);
    if (fragment === undefined) return NOTHING;
    const key = `${name} ${page ?? ''}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    // A fragment that comes back to itself is nothing there; validation refuses it.
    this.#known.set(key, NOTHING);
    const parent = this.#typeNamed(fragment.typeCondition.name.value);
    const size = this.#selection(fragment.selectionSet, { parent, page });
    this.#known.set(key, size);
    return size;
  }

  #field(node: FieldNode, { parent, page }: Within): DocumentSize {
    const field = fieldOf(parent, node.name.value);
    const inner = this.#within(node, field);
    return {
      ...inner,
      depth: inner.depth + 1,
      aliases: inner.aliases + (node.alias ? 1 : 0),
      rootFields: 1,
      cost: 1 + this.#times({ field, node, parent, page }) * inner.cost,
    };
  }

  #within(node: FieldNode, field: Field | undefined): DocumentSize {
    if (node.selectionSet === undefined) return NOTHING;
    return this.#selection(node.selectionSet, {
      parent: field && getNamedType(field.type),
      page: field ? pageOf(field, node, this.#scale.pageSize) : null,
    });
  }

  #times({
    field,
    node,
    parent,
    page,
  }: Within & { readonly field: Field | undefined; readonly node: FieldNode }): number {
    const isMeta = parent?.name.startsWith('__') === true;
    if (field?.name === 'ofType') return 0.5;
    if (field === undefined || !isListType(getNullableType(field.type))) return 1;
    return lengthOf({ field, node, isMeta, page, ...this.#scale });
  }
}

export const fragmentsIn = ({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])));

/** Measures parts of a document with these fragments. */
export const measureOf = (scale: Scale, fragments: Readonly<Record<string, FragmentDefinitionNode>>): Measure =>
  new Measure(scale, new Map(Object.entries(fragments)));

/** Of one operation of the document. */
export const sizeOfOperation = (
  scale: Scale,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): DocumentSize => new Measure(scale, fragmentsIn(document)).of(operation);

/** The largest of a document's operations in each respect; a document may hold several, and runs one. */
export const sizeOf = (scale: Scale, document: DocumentNode): DocumentSize => {
  const measure = new Measure(scale, fragmentsIn(document));
  const sizes = document.definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION ? [measure.of(each)] : [],
  );
  return sizes.reduce(largest, NOTHING);
};
