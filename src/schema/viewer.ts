import { mayDo, type Scope, type Viewer } from '../access/index.ts';
import { forbidden } from './failures.ts';

/** @throws a GraphQL error with code `FORBIDDEN` when the viewer's scopes do not hold this one. */
export const assertScope = (viewer: Viewer, scope: Scope): void => {
  if (!mayDo(viewer, scope)) throw forbidden();
};
