import type { Admission } from './admission.ts';
import type { Scope, Viewer } from './viewer.ts';

const scopesOf = (viewer: Viewer): readonly Scope[] => ('scopes' in viewer ? [...viewer.scopes] : []);

/** Whether what one has begun may go on as the other: the same viewer, who may do no less. */
export const isRenewal = (was: Admission, is: Admission): boolean => {
  const now = new Set(scopesOf(is.viewer));
  return (
    was.subject !== null &&
    was.subject === is.subject &&
    was.viewer.kind === is.viewer.kind &&
    scopesOf(was.viewer).every((scope) => now.has(scope))
  );
};
