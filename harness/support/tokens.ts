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

/** Of an operator who may do everything. */
export const OPERATOR_TOKEN = await tokenOf({ role: 'operator', subject: 'operator', scopes: SCOPES });

/** As the header, or in `connection_init`. */
export const AS_OPERATOR = { authorization: `Bearer ${OPERATOR_TOKEN}` } as const;

const customers = new Map<string, Promise<string>>();

/** Of a customer; the same one each time. */
export const customerToken = (subject: string): Promise<string> => {
  const token = customers.get(subject) ?? tokenOf({ role: 'customer', subject });
  customers.set(subject, token);
  return token;
};

/** Of a customer, or of an operator when there is none; as {@link AS_OPERATOR}. */
export const signedInAs = async (customerId: string | null): Promise<{ readonly authorization: string }> =>
  customerId === null ? AS_OPERATOR : { authorization: `Bearer ${await customerToken(customerId)}` };
