import { SignJWT } from 'jose';
import type { TokenConfig } from '../platform/index.ts';
import type { TokenRole } from './claims.ts';
import type { Scope } from './viewer.ts';

/** Whom a token is to be for. */
export interface TokenGrant {
  readonly role: TokenRole;
  readonly subject: string;
  readonly scopes: readonly Scope[];
  readonly ttlSeconds: number;
}

/** A token as the configuration would have it, signed with that secret. */
export const signToken = (secret: Buffer, config: TokenConfig, grant: TokenGrant): Promise<string> => {
  const { algorithms, issuer, audience, roleClaim, scopeClaim } = config;
  const { role, subject, scopes, ttlSeconds } = grant;
  const nowSeconds = Math.floor(Date.now() / 1_000);
  const token = new SignJWT({ [roleClaim]: role, ...(scopes.length > 0 && { [scopeClaim]: scopes.join(' ') }) })
    .setProtectedHeader({ alg: algorithms[0] ?? 'HS256', typ: 'JWT' })
    .setSubject(subject)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + ttlSeconds);
  if (issuer !== null) token.setIssuer(issuer);
  if (audience !== null) token.setAudience(audience);
  return token.sign(secret);
};
