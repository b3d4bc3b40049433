import { SignJWT } from 'jose';
import { SCOPES, signToken, type TokenGrant } from '../../src/access/index.ts';
import { readConfig } from '../../src/platform/index.ts';

const PANIER_JWT_SECRET = 'known to every panier that is tried, and to whoever tries it';

/** What a panier is started with, so that the tokens below are its. */
export const TOKEN_ENVIRONMENT = { PANIER_JWT_SECRET } as const;

/** The same, read. */
export const TOKEN_CONFIG = readConfig(TOKEN_ENVIRONMENT).tokens;

/** Longer than whatever runs. */
const TTL_SECONDS = 7 * 86_400;

type Signed = Partial<TokenGrant> & Pick<TokenGrant, 'role' | 'subject'>;

export const tokenOf = ({ scopes = [], ttlSeconds = TTL_SECONDS, ...grant }: Signed): Promise<string> =>
  signToken(Buffer.from(PANIER_JWT_SECRET), TOKEN_CONFIG, { ...grant, scopes, ttlSeconds });

/** A process whose clock is behind by less takes none of them for one of the future. */
const SIGNED_IN_SECONDS_AGO = 2 * 3_600;

/** Of somebody who has been signed in for a while. */
const longSignedIn = ({ role, subject, scopes = [] }: Signed): Promise<string> => {
  const { roleClaim, scopeClaim, algorithms } = TOKEN_CONFIG;
  const nowSeconds = Math.floor(Date.now() / 1_000);
  return new SignJWT({ [roleClaim]: role, ...(scopes.length > 0 && { [scopeClaim]: scopes.join(' ') }) })
    .setProtectedHeader({ alg: algorithms[0] ?? 'HS256', typ: 'JWT' })
    .setSubject(subject)
    .setIssuedAt(nowSeconds - SIGNED_IN_SECONDS_AGO)
    .setExpirationTime(nowSeconds + TTL_SECONDS)
    .sign(Buffer.from(PANIER_JWT_SECRET));
};

/** Of an operator who may do everything. */
export const OPERATOR_TOKEN = await longSignedIn({ role: 'operator', subject: 'operator', scopes: SCOPES });

/** As the header, or in `connection_init`. */
export const AS_OPERATOR = { authorization: `Bearer ${OPERATOR_TOKEN}` } as const;

const customers = new Map<string, Promise<string>>();

/** Of a customer; the same one each time. */
export const customerToken = (subject: string): Promise<string> => {
  const token = customers.get(subject) ?? longSignedIn({ role: 'customer', subject });
  customers.set(subject, token);
  return token;
};

/** Of a customer, or of an operator when there is none; as {@link AS_OPERATOR}. */
export const signedInAs = async (customerId: string | null): Promise<{ readonly authorization: string }> =>
  customerId === null ? AS_OPERATOR : { authorization: `Bearer ${await customerToken(customerId)}` };
