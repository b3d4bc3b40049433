import {
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  OperationTypeNode,
} from 'graphql';
import { byDeadline, type Deadline, deadlineIn } from '../platform/index.ts';

/** An answer comes within five seconds, also on a machine that is busy. */
const ANSWER_MS = 4_000;

type Asked = Pick<GraphQLResolveInfo, 'operation'>;
type Resolver = GraphQLFieldResolver<unknown, object>;

/** By when a request that comes now is answered. */
export const answerDeadline = (): Deadline => deadlineIn(ANSWER_MS);

const deadlines = new WeakMap<object, Deadline>();

/** By when the request of this context is answered: the same for all that it waits for. */
export const deadlineOf = (context: object): Deadline => {
  const known = deadlines.get(context);
  if (known !== undefined) return known;
  const made = answerDeadline();
  deadlines.set(context, made);
  return made;
};

/** A subscription lives on: each of its updates has its own time. */
const deadlineFor = (context: object, { operation }: Asked): Deadline =>
  operation.operation === OperationTypeNode.SUBSCRIPTION ? answerDeadline() : deadlineOf(context);

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
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields()))
      if (field.resolve !== undefined) field.resolve = inTimeOf(field.resolve);
  }
  return schema;
};
