import type { KeyObject } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { isId, newId, type VisitId } from '../events/index.ts';
import { type SigningKey, VISIT_SECONDS, type VisitKeys } from './visit-keys.ts';

/** What a visitor who was nobody is given. */
export interface Visit {
  readonly visitorId: VisitId;
  readonly token: string;
  readonly expiresAtMs: number;
}

/** What a visitor's token says. */
export interface KnownVisit {
  readonly visitorId: VisitId;
  readonly issuedAtSeconds: number;
  readonly expiresAtMs: number;
}

/** Visitors, who carry a token of panier's own. */
export interface Visits {
  start(): Promise<Visit>;
  /** Null for whatever is no visitor's token, or is no longer one. Whether it was revoked, only the revocations know. */
  verify(token: string): Promise<KnownVisit | null>;
}

const ISSUER = 'panier';
/** Beside the issuer, what tells a visitor's token from all others. */
const VISIT_AUDIENCE = 'panier:visitor';
const ALGORITHM = 'HS256';
/** As for every token. */
const LEEWAY_SECONDS = 30;
const SECOND_MS = 1_000;

const visitIn = ({ sub, iat, exp }: JWTPayload): KnownVisit | null => {
  if (sub === undefined || !isId('Visit', sub) || iat === undefined || exp === undefined) return null;
  const isOfTheFuture = iat > Date.now() / SECOND_MS + LEEWAY_SECONDS;
  return isOfTheFuture ? null : { visitorId: sub, issuedAtSeconds: iat, expiresAtMs: exp * SECOND_MS };
};

/** As jose asks for it. @throws {JWKSNoMatchingKey} */
const keyFrom =
  (keys: VisitKeys) =>
  ({ kid = '' }: { readonly kid?: string }): KeyObject => {
    const key = keys.find(kid);
    if (key === null) throw new errors.JWKSNoMatchingKey();
    return key;
  };

const tokenFor = (visitorId: VisitId, issuedAtSeconds: number, { kid, key }: SigningKey): Promise<string> =>
  new SignJWT()
    .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(VISIT_AUDIENCE)
    .setSubject(visitorId)
    .setIssuedAt(issuedAtSeconds)
    .setExpirationTime(issuedAtSeconds + VISIT_SECONDS)
    .sign(key);

const RULES = { issuer: ISSUER, audience: VISIT_AUDIENCE, algorithms: [ALGORITHM], clockTolerance: LEEWAY_SECONDS };

export const openVisits = (keys: VisitKeys): Visits => ({
  start: async () => {
    const visitorId = newId('Visit');
    const issuedAtSeconds = Math.floor(Date.now() / SECOND_MS);
    const token = await tokenFor(visitorId, issuedAtSeconds, keys.signing);
    return { visitorId, token, expiresAtMs: (issuedAtSeconds + VISIT_SECONDS) * SECOND_MS };
  },
  verify: async (token) => {
    try {
      return visitIn((await jwtVerify(token, keyFrom(keys), RULES)).payload);
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  },
});
