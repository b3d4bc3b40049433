import type { JWTPayload } from 'jose';
import { isCustomerId } from '../events/index.ts';
import { assertNever, type TokenConfig } from '../platform/index.ts';
import type { Admission } from './admission.ts';
import { notValid, Unauthenticated } from './unauthenticated.ts';
import { SCOPES, type Scope, type Viewer } from './viewer.ts';

/** What a token may say of whom it is for. A visitor's is panier's own, and says so elsewhere. */
export const TOKEN_ROLES = ['customer', 'service', 'operator'] as const;

export type TokenRole = (typeof TOKEN_ROLES)[number];

/** As text with spaces (RFC 8693, section 4.2), or as a list. Others' scopes are none of ours. */
const scopesOf = (claim: unknown): ReadonlySet<Scope> => {
  const named = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? (claim as unknown[]) : [];
  return new Set(SCOPES.filter((scope) => named.includes(scope)));
};

const roleOf = (claim: unknown): TokenRole => {
  const role = TOKEN_ROLES.find((known) => known === (claim ?? 'customer'));
  if (role === undefined) throw new Unauthenticated(`The token's role is none of ${TOKEN_ROLES.join(', ')}.`);
  return role;
};

const viewerOf = (role: TokenRole, subject: string, scopes: ReadonlySet<Scope>): Viewer => {
  switch (role) {
    case 'customer':
      return { kind: 'Customer', customerId: subject };
    case 'service':
      return { kind: 'Service', subject, scopes };
    case 'operator':
      return { kind: 'Operator', subject, scopes };
  }
  return assertNever(role);
};

/** Whom a verified token is for. @throws {Unauthenticated} */
export const admissionOf = (payload: JWTPayload, { roleClaim, scopeClaim }: TokenConfig): Admission => {
  const { sub: subject, exp, iat } = payload;
  // jose looks at the form of times alone.
  if (typeof subject !== 'string' || exp === undefined) throw notValid();
  if (!isCustomerId(subject))
    throw new Unauthenticated("The token's subject has to be 1 to 200 visible characters of ASCII.");
  return {
    viewer: viewerOf(roleOf(payload[roleClaim]), subject, scopesOf(payload[scopeClaim])),
    expiresAtMs: exp * 1_000,
    subject,
    issuedAtSeconds: iat ?? null,
  };
};
