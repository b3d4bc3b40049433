import { type GraphQLFieldResolver, type GraphQLResolveInfo, type GraphQLSchema, OperationTypeNode } from 'graphql';
import { byDeadline, type Deadline, deadlineIn, type Limits } from '../platform/index.ts';
import { eachField } from './each-field.ts';

/** What each operation is given: by when it is answered, the same for all that it waits for. */
export interface Timed {
  readonly deadline: Deadline;
  readonly limits: Pick<Limits, 'operationMs'>;
}

type Resolver = GraphQLFieldResolver<unknown, Timed>;

/** By when a request that comes now is answered. */
export const answerDeadline = ({ operationMs }: Pick<Limits, 'operationMs'>): Deadline => deadlineIn(operationMs);

/** A subscription lives on: each of its updates has its own time. */
const deadlineFor = (context: Timed, { operation }: Pick<GraphQLResolveInfo, 'operation'>): Deadline =>
  operation.operation === OperationTypeNode.SUBSCRIPTION ? answerDeadline(context.limits) : context.deadline;

const inTimeOf =
  (resolve: Resolver): Resolver =>
  // Nothing is done for what need not be waited for: this comes by for each value of each answer.
  (...asked) => {
    const value: unknown = resolve(...asked);
    return value instanceof Promise ? byDeadline(value, deadlineFor(asked[2], asked[3])) : value;
  };

/**
 * The schema, with every field answered in time or with `UNAVAILABLE`, whatever it waits for: a lock, a queue, a server that
 * is frozen. Here, where every wait of a request comes by, and not at each of them.
 */
export const inTime = (schema: GraphQLSchema): GraphQLSchema => {
  eachField<Timed>(schema, (field) => {
    if (field.resolve !== undefined) field.resolve = inTimeOf(field.resolve);
  });
  return schema;
};
