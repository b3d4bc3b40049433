import { CombinedError } from '@urql/core';
import { describe, expect, it } from 'vitest';
import { type Standing, standingAfter } from './standing.ts';

const viewerWith = (scopes: readonly string[]) =>
  ({ kind: 'OPERATOR', id: 'ada', scopes: [...scopes], expiresAt: null }) as const;

const OPERATOR = { viewer: viewerWith(['orders:read']) };
const SIGNED_IN: Standing = { kind: 'SignedIn', viewer: OPERATOR.viewer };
const NOBODY = { viewer: viewerWith([]) };
const AWAY = new CombinedError({ networkError: new Error('away') });
const REFUSED = new CombinedError({
  graphQLErrors: [{ message: 'The token is over.', extensions: { code: 'UNAUTHENTICATED' } }],
});

describe('who looks at the console', () => {
  it('is signed in once panier says so', () => {
    expect(standingAfter({ kind: 'Asking' }, { data: OPERATOR })).toEqual(SIGNED_IN);
  });

  it('is told that the sign-in is over when panier takes them for nobody any more', () => {
    expect(standingAfter({ kind: 'Asking' }, { data: NOBODY })).toMatchObject({ kind: 'Nobody', wasSignedIn: false });
    expect(standingAfter(SIGNED_IN, { data: NOBODY })).toMatchObject({ kind: 'Nobody', wasSignedIn: true });
    expect(standingAfter(SIGNED_IN, { error: REFUSED })).toMatchObject({ kind: 'Nobody', isRefused: true });
  });

  it('stays signed in while panier does not answer', () => {
    expect(standingAfter(SIGNED_IN, { error: AWAY })).toBe(SIGNED_IN);
    expect(standingAfter({ kind: 'Asking' }, { error: AWAY })).toEqual({ kind: 'Unreachable', error: AWAY });
  });
});
