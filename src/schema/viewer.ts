import { forbidden } from './failures.ts';

/** Who asks. An operator may see and change everything; a customer only what is theirs. */
export type Viewer = { readonly kind: 'Operator' } | { readonly kind: 'Customer'; readonly customerId: string };

/** The customer that commands and lists are restricted to; null for an operator. */
export const customerOf = (viewer: Viewer): string | null => (viewer.kind === 'Customer' ? viewer.customerId : null);

/** A cart or an order without a customer belongs to whoever knows its unguessable id. */
export const mayReach = (viewer: Viewer, owner: string | null): boolean =>
  viewer.kind === 'Operator' || owner === null || owner === viewer.customerId;

/** @throws a GraphQL error with code `FORBIDDEN` when the viewer is a customer. */
export const assertOperator = (viewer: Viewer): void => {
  if (viewer.kind !== 'Operator') throw forbidden();
};
