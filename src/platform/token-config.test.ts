import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const SECRET = 's'.repeat(32);
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const PUBLIC_KEY = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const JWKS = { PANIER_JWT_JWKS_URL: 'https://id.example/jwks', PANIER_JWT_ISSUER: 'id', PANIER_JWT_AUDIENCE: 'panier' };

const problemsOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    return error instanceof ConfigError ? error.problems : [String(error)];
  }
};

const algorithmsWith = (environment: Readonly<Record<string, string>>) => readConfig(environment).tokens.algorithms;

describe('the configuration of tokens', () => {
  it('takes the algorithms from the key', () => {
    expect(algorithmsWith({ PANIER_JWT_SECRET: SECRET })).toEqual(['HS256']);
    expect(algorithmsWith({ PANIER_JWT_PUBLIC_KEY: PUBLIC_KEY })).toEqual(['ES256']);
    expect(algorithmsWith(JWKS)).toContain('RS256');
    expect(algorithmsWith(JWKS).filter((name) => name.startsWith('HS'))).toEqual([]);
    expect(algorithmsWith({ ...JWKS, PANIER_JWT_ALGORITHMS: 'RS256, EdDSA' })).toEqual(['RS256', 'EdDSA']);
  });

  it.each([
    [{ PANIER_JWT_SECRET: SECRET }, 'none'],
    [{ PANIER_JWT_SECRET: SECRET }, 'RS256'],
    [{ PANIER_JWT_PUBLIC_KEY: PUBLIC_KEY }, 'HS256'],
    [{ PANIER_JWT_PUBLIC_KEY: PUBLIC_KEY }, 'ES384'],
    [JWKS, 'HS256'],
    [JWKS, 'none'],
    [JWKS, ''.padEnd(1, ',')],
  ])('with %j has no algorithm %s', (key, algorithm) => {
    const problems = problemsOf({ ...key, PANIER_JWT_ALGORITHMS: algorithm });
    expect(problems).toEqual([expect.stringContaining('PANIER_JWT_ALGORITHMS has "')]);
    expect(problems[0]).toContain('with this key it may have');
  });

  it.each([
    [{ PANIER_JWT_SECRET: 'short' }, 'PANIER_JWT_SECRET is too short: set it to 32 random bytes'],
    [{ PANIER_JWT_PUBLIC_KEY: 'nonsense' }, 'PANIER_JWT_PUBLIC_KEY is no public key'],
    [{ PANIER_JWT_PUBLIC_KEY: '{"kty":"oct","k":"AAAA"}' }, 'PANIER_JWT_PUBLIC_KEY is no public key'],
    [{ PANIER_JWT_PUBLIC_KEY: '{' }, 'PANIER_JWT_PUBLIC_KEY is no public key'],
    [
      { ...JWKS, PANIER_JWT_JWKS_URL: 'http://id.example/jwks' },
      'PANIER_JWT_JWKS_URL is no URL that starts with https://',
    ],
    [{ ...JWKS, PANIER_JWT_JWKS_URL: 'file:///etc/keys' }, 'PANIER_JWT_JWKS_URL is no URL'],
    [{ ...JWKS, PANIER_JWT_AUDIENCE: '' }, 'PANIER_JWT_JWKS_URL needs PANIER_JWT_ISSUER and PANIER_JWT_AUDIENCE'],
    [{ ...JWKS, PANIER_JWT_SECRET: SECRET }, 'PANIER_JWT_SECRET and PANIER_JWT_JWKS_URL are set: keep one'],
  ])('complains of %j', (environment, problem) => {
    expect(problemsOf(environment)).toEqual([expect.stringContaining(problem)]);
  });

  it('refuses a private key, and whatever is weak, without repeating it', () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey;
    const agreement = generateKeyPairSync('x25519').publicKey;
    const texts = [
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      JSON.stringify(privateKey.export({ format: 'jwk' })),
      weak.export({ type: 'spki', format: 'pem' }).toString(),
      agreement.export({ type: 'spki', format: 'pem' }).toString(),
    ];
    for (const text of texts) {
      const [problem = ''] = problemsOf({ PANIER_JWT_PUBLIC_KEY: text });
      expect(problem).toContain('PANIER_JWT_PUBLIC_KEY is no public key for tokens');
      expect(problem).not.toContain(text.slice(30, 60));
    }
  });

  it('takes http:// from this machine alone', () => {
    for (const host of ['localhost:1', '127.0.0.1:1', '[::1]:1'])
      expect(problemsOf({ ...JWKS, PANIER_JWT_JWKS_URL: `http://${host}/jwks` })).toEqual([]);
  });
});
