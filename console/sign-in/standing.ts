import type { CombinedError } from '@urql/core';
import { failureOf } from '../../ui/client/outcome.ts';
import type { ConsoleViewerQuery } from '../../ui/generated/operations.ts';
import type { ConsoleViewer } from './viewer-context.ts';

/** Whom panier takes the one who looks for. */
export type Standing =
  | { readonly kind: 'Asking' }
  | { readonly kind: 'SignedIn'; readonly viewer: ConsoleViewer }
  /** `wasSignedIn`: until now, on this very page. */
  | { readonly kind: 'Nobody'; readonly isRefused: boolean; readonly wasSignedIn: boolean }
  | { readonly kind: 'Unreachable'; readonly error: CombinedError };

interface Answer {
  readonly data?: ConsoleViewerQuery | undefined;
  readonly error?: CombinedError | undefined;
}

const nobody = (before: Standing, isRefused: boolean): Standing => ({
  kind: 'Nobody',
  isRefused,
  wasSignedIn: before.kind === 'SignedIn',
});

/** What an answer to the question for the viewer makes of it. Whoever is signed in stays so while panier does not answer. */
export const standingAfter = (before: Standing, { data, error }: Answer): Standing => {
  if (data !== undefined && data.viewer.scopes.length > 0) return { kind: 'SignedIn', viewer: data.viewer };
  if (data !== undefined) return nobody(before, false);
  if (error === undefined) return before;
  if (failureOf(error).code === 'UNAUTHENTICATED') return nobody(before, true);
  return before.kind === 'SignedIn' ? before : { kind: 'Unreachable', error };
};
