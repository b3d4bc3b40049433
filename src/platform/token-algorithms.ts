import type { KeyObject } from 'node:crypto';

/** Of a secret. Source: RFC 7518, section 3. */
export const HMAC = ['HS256', 'HS384', 'HS512'] as const;

const RSA = ['RS256', 'RS384', 'RS512'] as const;
const RSA_PSS = ['PS256', 'PS384', 'PS512'] as const;
const ELLIPTIC = ['ES256', 'ES384', 'ES512'] as const;
const EDWARDS = ['EdDSA', 'Ed25519'] as const;

/** Of a key with a public half. */
export const ASYMMETRIC = [...RSA, ...RSA_PSS, ...ELLIPTIC, ...EDWARDS] as const;

const BY_CURVE: Readonly<Record<string, string>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };

const BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  rsa: [...RSA, ...RSA_PSS],
  'rsa-pss': RSA_PSS,
  ed25519: EDWARDS,
};

/** What a public key can verify; empty when that is nothing of a token. */
export const algorithmsOf = ({ asymmetricKeyType: type, asymmetricKeyDetails }: KeyObject): readonly string[] => {
  if (type !== 'ec') return BY_TYPE[type ?? ''] ?? [];
  return [BY_CURVE[asymmetricKeyDetails?.namedCurve ?? '']].filter((name) => name !== undefined);
};
