import {
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNullableType,
  isListType,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { Limits } from '../../platform/index.ts';
import { eachField } from '../each-field.ts';
import { tooCostly } from '../failures.ts';
import { measureOf } from './document-size.ts';
import { LIST, namingOf } from './list-length.ts';

/** What an operation is given to count by. */
export interface Budgeted {
  readonly limits: Pick<Limits, 'cost' | 'pageSize'>;
  /** Fields of lists so far, beyond those that were counted for them before it ran. */
  readonly excess: { fields: number };
}

type Resolver = GraphQLFieldResolver<unknown, Budgeted>;

/** What nodes of documents were found to cost: each is looked at once. */
class Costs {
  readonly #members = new WeakMap<FieldNode, number>();
  readonly #operations = new WeakMap<OperationDefinitionNode, number>();

  /** Of one member of the list that the field answers with. */
  ofMember(node: FieldNode, info: GraphQLResolveInfo, pageSize: number): number {
    const known = this.#members.get(node);
    if (known !== undefined) return known;
    const cost = measureOf({ schema: info.schema, pageSize }, info.fragments).ofMember(node, info.parentType);
    this.#members.set(node, cost);
    return cost;
  }

  ofOperation({ operation, schema, fragments }: GraphQLResolveInfo, pageSize: number): number {
    const known = this.#operations.get(operation);
    if (known !== undefined) return known;
    const { cost } = measureOf({ schema, pageSize }, fragments).of(operation);
    this.#operations.set(operation, cost);
    return cost;
  }
}

const countedBy = (costs: Costs) => {
  const count = (list: unknown, context: Budgeted, info: GraphQLResolveInfo): unknown => {
    if (!Array.isArray(list) || list.length <= LIST) return list;
    const { limits, excess } = context;
    const each = info.fieldNodes.reduce((sum, node) => sum + costs.ofMember(node, info, limits.pageSize), 0);
    const fields = (list.length - LIST) * each;
    // A subscription goes on: each of its lists is looked at alone.
    const before = info.operation.operation === OperationTypeNode.SUBSCRIPTION ? 0 : excess.fields;
    excess.fields = before + fields;
    const all = costs.ofOperation(info, limits.pageSize) + excess.fields;
    if (all > limits.cost) throw tooCostly(all, limits.cost);
    return list;
  };
  return (resolve: Resolver): Resolver =>
    (...asked) => {
      const list: unknown = resolve(...asked);
      const [, , context, info] = asked;
      return list instanceof Promise ? list.then((read) => count(read, context, info)) : count(list, context, info);
    };
};

/** Pages and what is asked for one by one were counted as long as they are. */
const isCountedBefore = (field: Pick<GraphQLField<unknown, unknown>, 'name' | 'args'>): boolean =>
  field.name === 'edges' || namingOf(field) !== undefined;

/**
 * The schema, with lists counted as long as they are, once they are there: before, lines and steps count as ten of each
 * order, and a hundred orders of a hundred lines would be ten times as much as was let through.
 */
export const withinBudget = (schema: GraphQLSchema): GraphQLSchema => {
  const counted = countedBy(new Costs());
  eachField<Budgeted>(schema, (field) => {
    if (field.resolve !== undefined && isListType(getNullableType(field.type)) && !isCountedBefore(field))
      field.resolve = counted(field.resolve);
  });
  return schema;
};
