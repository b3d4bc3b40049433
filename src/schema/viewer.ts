import { mayDo, type Scope, type Viewer } from '../access/index.ts';
import { forbidden } from './failures.ts';

/** The customer that commands and lists are restricted to; null for an operator. */
export const customerOf = (viewer: Viewer): string | null => (viewer.kind === 'Customer' ? viewer.customerId : null);

/** A cart or an order without a customer belongs to whoever knows its unguessable id. */
export const mayReach = (viewer: Viewer, owner: string | null): boolean =>
  mayDo(viewer, 'orders:read') || owner === null || owner === customerOf(viewer);

/** @throws a GraphQL error with code `FORBIDDEN` when the viewer's scopes do not hold this one. */
export const assertScope = (viewer: Viewer, scope: Scope): void => {
  if (!mayDo(viewer, scope)) throw forbidden();
};
