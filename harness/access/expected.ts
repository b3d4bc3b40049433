import type { Scope } from '../../src/access/index.ts';
import { assertNever } from '../../src/platform/index.ts';
import { accessOf, type FieldAccess, schema } from '../../src/schema/index.ts';
import type { Operation, Outcome } from './operation.ts';
import { canOwn, hasScope, isCustomer, type OwnerName, type ViewerName } from './viewers.ts';

const ROOTS = {
  Query: schema.getQueryType(),
  Mutation: schema.getMutationType(),
  Subscription: schema.getSubscriptionType(),
} as const;

/** Every field of the root types. */
export const ROOT_FIELDS: readonly string[] = Object.entries(ROOTS).flatMap(([root, type]) =>
  Object.keys(type?.getFields() ?? {}).map((name) => `${root}.${name}`),
);

const accessTo = ({ field }: Operation): FieldAccess => {
  const [root, name = ''] = field.split('.');
  const found = ROOTS[root as keyof typeof ROOTS]?.getFields()[name];
  if (found === undefined) throw new Error(`The schema has no field ${field}.`);
  return accessOf(found);
};

/** The scope that an operation is about; null when it needs none. */
export const scopeOf = (operation: Operation): Scope | null => {
  const access = accessTo(operation);
  return 'scope' in access ? access.scope : (operation.scope ?? null);
};

const refusal = (operation: Operation, viewer: ViewerName): 'FORBIDDEN' | 'UNAUTHENTICATED' | null => {
  const access = accessTo(operation);
  switch (access.of) {
    case 'Anybody':
      return null;
    case 'Somebody':
      return viewer === 'nobody' ? 'UNAUTHENTICATED' : null;
    case 'Customers':
      if (viewer === 'nobody') return 'UNAUTHENTICATED';
      return isCustomer(viewer) ? null : 'FORBIDDEN';
    case 'Holders':
      return hasScope(viewer, access.scope) ? null : 'FORBIDDEN';
    case 'Owners':
      if (viewer === 'nobody') return 'UNAUTHENTICATED';
      return canOwn(viewer) || hasScope(viewer, access.scope) ? null : 'FORBIDDEN';
  }
  return assertNever(access);
};

/** What a viewer is answered who asks about something of this owner. */
export const expectedOutcome = (operation: Operation, viewer: ViewerName, owner: OwnerName): Outcome => {
  const refused = refusal(operation, viewer);
  if (refused !== null) return refused;
  if (operation.about === 'all' || hasScope(viewer, scopeOf(operation))) return 'ok';
  const isOwners = operation.about === 'what is owned' && viewer !== 'nobody' && viewer === owner;
  return isOwners ? 'ok' : operation.notReached;
};
