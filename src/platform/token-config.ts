import { createPublicKey, type KeyObject } from 'node:crypto';
import type { EnvironmentReader } from './environment.ts';
import { ASYMMETRIC, algorithmsOf, HMAC } from './token-algorithms.ts';

/** What tokens are verified with. */
export type TokenKey =
  /** Of the data directory: made there, and known to whoever may read it. */
  | { readonly kind: 'Development'; readonly secret: Buffer }
  | { readonly kind: 'Secret'; readonly secret: Buffer }
  | { readonly kind: 'PublicKey'; readonly publicKey: KeyObject }
  /** A JWKS, wherever it is served. */
  | { readonly kind: 'KeySet'; readonly url: string };

/** Whose tokens are believed, and where in them stands what. Source: RFC 7519, RFC 7517. */
export interface TokenConfig {
  /** Null: none is configured, so that the data directory's is taken. */
  readonly key: TokenKey | null;
  /** Of JWS, as in RFC 7518; never `none`, and never one of a secret for a public key. */
  readonly algorithms: readonly string[];
  /** Null: whoever has the key. */
  readonly issuer: string | null;
  /** Null: whomever the token was made for. */
  readonly audience: string | null;
  readonly scopeClaim: string;
  readonly roleClaim: string;
}

const SECRET = 'PANIER_JWT_SECRET';
const PUBLIC_KEY = 'PANIER_JWT_PUBLIC_KEY';
const KEY_SET = 'PANIER_JWT_JWKS_URL';
/** RFC 7518, section 3.2: no shorter than the hash of HS256. */
const SECRET_BYTES = 32;
const RSA_BITS = 2_048;

const readSecret = ({ text, problems }: EnvironmentReader): TokenKey | null => {
  const secret = Buffer.from(text(SECRET) ?? '');
  if (secret.length === 0) return null;
  if (secret.length < SECRET_BYTES)
    problems.push(
      `${SECRET} is too short: set it to ${SECRET_BYTES} random bytes or more, as of openssl rand -base64 32.`,
    );
  return { kind: 'Secret', secret };
};

/** Environments often hold the line breaks of a PEM as `\n`. */
const publicKeyOf = (given: string): KeyObject | null => {
  if (/PRIVATE KEY|"d"\s*:/.test(given)) return null;
  try {
    if (!given.startsWith('{')) return createPublicKey(given.replaceAll(String.raw`\n`, '\n'));
    return createPublicKey({ key: JSON.parse(given) as Record<string, string>, format: 'jwk' });
  } catch {
    return null;
  }
};

const isStrong = ({ asymmetricKeyDetails }: KeyObject): boolean =>
  (asymmetricKeyDetails?.modulusLength ?? RSA_BITS) >= RSA_BITS;

const readPublicKey = ({ text, problems }: EnvironmentReader): TokenKey | null => {
  const given = text(PUBLIC_KEY);
  if (given === undefined) return null;
  const publicKey = publicKeyOf(given);
  if (publicKey !== null && isStrong(publicKey) && algorithmsOf(publicKey).length > 0)
    return { kind: 'PublicKey', publicKey };
  problems.push(
    `${PUBLIC_KEY} is no public key for tokens: set it to one as PEM or JWK, of RSA with ${RSA_BITS} bits or more, P-256, P-384, P-521 or Ed25519.`,
  );
  return null;
};

const isTrustworthy = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname));

const readKeySet = ({ text, problems }: EnvironmentReader): TokenKey | null => {
  const given = text(KEY_SET);
  if (given === undefined) return null;
  const url = URL.parse(given);
  if (url !== null && isTrustworthy(url)) return { kind: 'KeySet', url: url.href };
  problems.push(`${KEY_SET} is no URL that starts with https:// (http:// is for this machine alone).`);
  return null;
};

const readKey = (reader: EnvironmentReader): TokenKey | null => {
  const keys = [readSecret(reader), readPublicKey(reader), readKeySet(reader)].filter((key) => key !== null);
  const given = [SECRET, PUBLIC_KEY, KEY_SET].filter((name) => reader.text(name) !== undefined);
  if (given.length > 1)
    reader.problems.push(`${given.join(' and ')} are set: keep one of them, whose tokens are meant.`);
  return keys[0] ?? null;
};

const possibleWith = (key: TokenKey | null): readonly string[] => {
  if (key?.kind === 'PublicKey') return algorithmsOf(key.publicKey);
  return key?.kind === 'KeySet' ? ASYMMETRIC : HMAC;
};

const readAlgorithms = ({ text, problems }: EnvironmentReader, key: TokenKey | null): readonly string[] => {
  const possible = possibleWith(key);
  const given = text('PANIER_JWT_ALGORITHMS')
    ?.split(',')
    .map((name) => name.trim());
  if (given === undefined) return key === null || key.kind === 'Secret' ? possible.slice(0, 1) : possible;
  const wrong = given.filter((name) => !possible.includes(name));
  if (wrong.length > 0)
    problems.push(
      `PANIER_JWT_ALGORITHMS has "${wrong.join('", "')}": with this key it may have ${possible.join(',')}.`,
    );
  return given;
};

/** Others' tokens have the same signer: only issuer and audience say which are meant for panier. */
const complainOfStrangers = ({ problems }: EnvironmentReader, { key, issuer, audience }: TokenConfig): void => {
  if (key?.kind !== 'KeySet' || (issuer !== null && audience !== null)) return;
  problems.push(`${KEY_SET} needs PANIER_JWT_ISSUER and PANIER_JWT_AUDIENCE: it signs for others, too.`);
};

/** Reads whose tokens are believed. */
export const readTokenConfig = (reader: EnvironmentReader): TokenConfig => {
  const key = readKey(reader);
  const config: TokenConfig = {
    key,
    algorithms: readAlgorithms(reader, key),
    issuer: reader.text('PANIER_JWT_ISSUER') ?? null,
    audience: reader.text('PANIER_JWT_AUDIENCE') ?? null,
    scopeClaim: reader.text('PANIER_JWT_SCOPE_CLAIM') ?? 'scope',
    roleClaim: reader.text('PANIER_JWT_ROLE_CLAIM') ?? 'role',
  };
  complainOfStrangers(reader, config);
  return config;
};
