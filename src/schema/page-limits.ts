import { type GraphQLField, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { Limits } from '../platform/index.ts';
import { eachField } from './each-field.ts';
import { pageTooLarge } from './failures.ts';
import { DEFAULT_PAGE } from './page-args.ts';

interface Context {
  readonly limits: Pick<Limits, 'pageSize'>;
}

type Arguments = Readonly<Record<string, unknown>>;
type Resolver = GraphQLFieldResolver<unknown, Context, Arguments>;

const SIZES = ['first', 'last'];
const LIST = 'ids';

const assertWithin = (given: Arguments, limit: number): void => {
  for (const name of SIZES) {
    const size = given[name];
    if (typeof size === 'number' && size > limit)
      throw pageTooLarge(`${name} is ${size}: ask for 1 to ${limit} at a time.`, {
        path: [name],
        allowed: { type: 'integer', minimum: 1, maximum: limit },
      });
  }
  const ids = given[LIST];
  if (Array.isArray(ids) && ids.length > limit)
    throw pageTooLarge(`${LIST} holds ${ids.length} ids: ask for at most ${limit} at once.`, {
      path: [LIST],
      allowed: { type: 'array', maxItems: limit },
    });
};

/** A page of which nothing is said is no larger than one may be. */
const sized = (given: Arguments, limit: number): Arguments =>
  SIZES.some((name) => given[name] != null) ? given : { ...given, first: Math.min(DEFAULT_PAGE, limit) };

const asGiven: typeof sized = (given) => given;

const within =
  (resolve: Resolver, sizedBy: typeof sized): Resolver =>
  (...asked) => {
    const [source, given, context, info] = asked;
    const { pageSize } = context.limits;
    assertWithin(given, pageSize);
    return resolve(source, sizedBy(given, pageSize), context, info);
  };

const limit = (field: GraphQLField<unknown, Context>): void => {
  const names = new Set(field.args.map(({ name }) => name));
  const isPage = names.has('first');
  if (field.resolve === undefined || !(isPage || names.has(LIST))) return;
  field.resolve = within(field.resolve, isPage ? sized : asGiven);
};

/** The schema, with every page, and every list of ids, within the size that is configured: in one place for all fields. */
export const withinPages = (schema: GraphQLSchema): GraphQLSchema => {
  eachField(schema, limit);
  return schema;
};
