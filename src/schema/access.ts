import { type GraphQLField, type GraphQLFieldMap, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { mayDo, type Scope, type Viewer } from '../access/index.ts';
import { assertNever } from '../platform/index.ts';
import { forbidden, forCustomers, unauthenticated } from './failures.ts';

/**
 * Who may ask for a field of the root types. `Somebody`: whoever has a token; `Owners`: visitors and customers, for what is
 * theirs, and whoever has the scope, for everybody's; `Customers`: they alone, for themselves; `Holders`: whoever has the
 * scope.
 */
export type Access =
  | { readonly of: 'Anybody' }
  | { readonly of: 'Somebody' }
  | { readonly of: 'Owners'; readonly scope: 'orders:read' | 'orders:write' }
  | { readonly of: 'Customers' }
  | { readonly of: 'Holders'; readonly scope: Scope };

/** Nobody included. */
export const ANYBODY: Access = { of: 'Anybody' };
export const SOMEBODY: Access = { of: 'Somebody' };
export const owners = (scope: 'orders:read' | 'orders:write'): Access => ({ of: 'Owners', scope });
/** Nobody can do it for them. */
export const CUSTOMERS: Access = { of: 'Customers' };
export const holders = (scope: Scope): Access => ({ of: 'Holders', scope });

const isOwner = ({ kind }: Viewer): boolean => kind === 'Visitor' || kind === 'Customer';

/** @throws a GraphQL error with code `UNAUTHENTICATED` or `FORBIDDEN` when this viewer may not ask. */
const assertAccess = (access: Access, viewer: Viewer): void => {
  switch (access.of) {
    case 'Anybody':
      return;
    case 'Somebody':
      if (viewer.kind === 'Nobody') throw unauthenticated('This is for who has a token: call startVisit, or sign in.');
      return;
    case 'Owners':
      if (viewer.kind === 'Nobody') throw unauthenticated('Nobody has carts or orders: call startVisit, or sign in.');
      if (isOwner(viewer) || mayDo(viewer, access.scope)) return;
      throw forbidden(access.scope);
    case 'Customers':
      if (viewer.kind === 'Nobody') throw unauthenticated('This is for customers: sign in.');
      if (viewer.kind !== 'Customer') throw forCustomers();
      return;
    case 'Holders':
      if (mayDo(viewer, access.scope)) return;
      throw forbidden(access.scope);
  }
  return assertNever(access);
};

const inWords = (access: Access): string => {
  switch (access.of) {
    case 'Anybody':
      return '';
    case 'Somebody':
      return ' Needs a token, of any kind.';
    case 'Owners':
      return ` For visitors and customers, of what is theirs; for others with the scope ${access.scope}, of everybody's.`;
    case 'Customers':
      return ' For customers, by themselves: others are refused with extensions.code FORBIDDEN.';
    case 'Holders':
      return ` Needs the scope ${access.scope}: others are refused with extensions.code FORBIDDEN.`;
  }
  return assertNever(access);
};

/** What the field was declared with. @throws when it was declared with none. */
export const accessOf = ({ name, extensions }: Pick<GraphQLField<unknown, unknown>, 'name' | 'extensions'>): Access => {
  const options = extensions['pothosOptions'] as { readonly access?: Access } | undefined;
  if (options?.access === undefined) throw new Error(`${name} does not say who may ask for it.`);
  return options.access;
};

interface Viewing {
  readonly viewer: Viewer;
}

type Resolver = GraphQLFieldResolver<unknown, Viewing>;

const onlyFor =
  (access: Access, resolve: Resolver): Resolver =>
  (...asked) => {
    assertAccess(access, asked[2].viewer);
    return resolve(...asked);
  };

const guardFields = (fields: GraphQLFieldMap<unknown, Viewing>): void => {
  for (const field of Object.values(fields)) {
    const access = accessOf(field);
    field.description = `${field.description ?? ''}${inWords(access)}`;
    if (field.subscribe !== undefined) field.subscribe = onlyFor(access, field.subscribe);
    else if (field.resolve !== undefined) field.resolve = onlyFor(access, field.resolve);
  }
};

/** The schema, with each field of the root types asked for by those alone for whom it was declared, and saying so. */
export const inAccess = (schema: GraphQLSchema): GraphQLSchema => {
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
    if (root) guardFields(root.getFields());
  return schema;
};
