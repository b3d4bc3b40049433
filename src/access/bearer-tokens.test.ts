import { createHmac, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { ignored, openLogger, readConfig, type TokenConfig, type TokenKey } from '../platform/index.ts';
import { openBearerTokens } from './bearer-tokens.ts';
import { signToken } from './sign-token.ts';
import { SCOPES } from './viewer.ts';

const SECRET = randomBytes(32).toString('base64');
const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

const configOf = (environment: Readonly<Record<string, string>>): TokenConfig & { readonly key: TokenKey } => {
  const { tokens } = readConfig(environment);
  if (tokens.key === null) throw new Error('There is no key.');
  return { ...tokens, key: tokens.key };
};

const verifierOf = (environment: Readonly<Record<string, string>>) => {
  const config = configOf(environment);
  return openBearerTokens({ config, key: config.key, logger: openLogger('silent'), onKeys: ignored }).verify;
};

interface Signed {
  readonly alg?: string;
  readonly key?: KeyObject | Uint8Array;
  readonly header?: Readonly<Record<string, unknown>>;
}

const sign = (claims: JWTPayload, { alg = 'HS256', key = Buffer.from(SECRET), header = {} }: Signed = {}) =>
  new SignJWT({ sub: 'ada', exp: nowSeconds() + 60, ...claims }).setProtectedHeader({ alg, ...header }).sign(key);

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** As a library would not sign it. */
const forged = (header: object, claims: object, signatureOf: (text: string) => string): string => {
  const text = `${encoded(header)}.${encoded(claims)}`;
  return `${text}.${signatureOf(text)}`;
};

const verify = verifierOf({ PANIER_JWT_SECRET: SECRET });
const NOT_VALID = { name: 'Unauthenticated', message: 'The token is not valid: get a new one.' };
const EXPIRED = { name: 'Unauthenticated', message: 'The token has expired: get a new one.' };

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const curve = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });
const ed25519 = generateKeyPairSync('ed25519');
const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

describe('whom a token is for', () => {
  it('is a customer, unless it says otherwise', async () => {
    const [iat, exp] = [nowSeconds() - 5, nowSeconds() + 60];
    expect(await verify(await sign({ iat, exp }))).toEqual({
      viewer: { kind: 'Customer', customerId: 'ada' },
      expiresAtMs: exp * 1_000,
      subject: 'ada',
      issuedAtSeconds: iat,
    });
    expect((await verify(await sign({ role: 'customer', scope: 'repair' }))).viewer).toEqual({
      kind: 'Customer',
      customerId: 'ada',
    });
  });

  it.each([
    ['orders:read repair', ['orders:read', 'repair']],
    [
      ['stock:write', 'events:read'],
      ['stock:write', 'events:read'],
    ],
    ['openid profile orders:write', ['orders:write']],
    ['orders', []],
    [undefined, []],
    [{ repair: true }, []],
    [7, []],
  ])('is a service with the scopes that are panier’s: %j', async (scope, scopes) => {
    const { viewer } = await verify(await sign({ role: 'service', scope }));
    expect(viewer).toEqual({ kind: 'Service', subject: 'ada', scopes: new Set(scopes) });
  });

  it('is an operator, by claims of any name', async () => {
    const named = verifierOf({
      PANIER_JWT_SECRET: SECRET,
      PANIER_JWT_ROLE_CLAIM: 'https://shop.example/role',
      PANIER_JWT_SCOPE_CLAIM: 'permissions',
    });
    const token = await sign({ 'https://shop.example/role': 'operator', permissions: [...SCOPES], role: 'customer' });
    expect((await named(token)).viewer).toEqual({ kind: 'Operator', subject: 'ada', scopes: new Set(SCOPES) });
  });

  it.each(['admin', 'Operator', '', 7, ['operator'], 'visitor'])('is nobody with the role %j', async (role) => {
    await expect(verify(await sign({ role }))).rejects.toMatchObject({
      message: "The token's role is none of customer, service, operator.",
    });
  });

  it.each(['', 'a b', 'zo\u00eb', 'x'.repeat(201), 'a\u0000'])('is nobody with the subject %j', async (sub) => {
    await expect(verify(await sign({ sub }))).rejects.toThrow("The token's subject has to be");
  });

  it('is whom signToken names', async () => {
    const environment = { PANIER_JWT_SECRET: SECRET, PANIER_JWT_ISSUER: 'shop', PANIER_JWT_AUDIENCE: 'panier' };
    const grant = { role: 'operator', subject: 'me', scopes: ['repair'], ttlSeconds: 9 } as const;
    const token = await signToken(Buffer.from(SECRET), configOf(environment), grant);
    const { viewer, expiresAtMs } = await verifierOf(environment)(token);
    expect(viewer).toEqual({ kind: 'Operator', subject: 'me', scopes: new Set(['repair']) });
    expect((expiresAtMs ?? 0) - Date.now()).toBeLessThanOrEqual(9_000);
  });
});

describe('a token', () => {
  it.each(['HS384', 'HS512'])('is signed by the secret with %s only where that is said', async (alg) => {
    const chosen = verifierOf({ PANIER_JWT_SECRET: SECRET, PANIER_JWT_ALGORITHMS: alg });
    expect((await chosen(await sign({}, { alg }))).subject).toBe('ada');
    await expect(chosen(await sign({}))).rejects.toMatchObject(NOT_VALID);
    await expect(verify(await sign({}, { alg }))).rejects.toMatchObject(NOT_VALID);
  });

  it.each([
    ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map((alg) => [alg, rsa] as const),
    ['ES256', curve('P-256')] as const,
    ['ES384', curve('P-384')] as const,
    ['ES512', curve('P-521')] as const,
    ['EdDSA', ed25519] as const,
    ['Ed25519', ed25519] as const,
  ])('is verified by a public key with %s, as PEM and as JWK', async (alg, { publicKey, privateKey }) => {
    const token = await sign({}, { alg, key: privateKey });
    const jwk = JSON.stringify(publicKey.export({ format: 'jwk' }));
    for (const given of [pemOf(publicKey), pemOf(publicKey).replaceAll('\n', String.raw`\n`), jwk]) {
      expect((await verifierOf({ PANIER_JWT_PUBLIC_KEY: given })(token)).subject).toBe('ada');
    }
  });

  it('is not one for being signed with the text of a public key', async () => {
    const pem = pemOf(rsa.publicKey);
    const ofText = forged({ alg: 'HS256', typ: 'JWT' }, { sub: 'ada', exp: nowSeconds() + 60 }, (text) =>
      createHmac('sha256', pem).update(text).digest('base64url'),
    );
    await expect(verifierOf({ PANIER_JWT_PUBLIC_KEY: pem })(ofText)).rejects.toMatchObject(NOT_VALID);
  });

  it.each(['none', 'None', 'NONE', 'HS1', ''])('is not one with the algorithm %j', async (alg) => {
    const claims = { sub: 'ada', exp: nowSeconds() + 60 };
    await expect(verify(forged({ alg }, claims, () => ''))).rejects.toMatchObject(NOT_VALID);
    const signed = forged({ alg }, claims, (text) => createHmac('sha256', SECRET).update(text).digest('base64url'));
    await expect(verify(signed)).rejects.toMatchObject(NOT_VALID);
  });

  it('is not one with another key, another payload, or a header that wants to be understood', async () => {
    const token = await sign({});
    const [header, , signature] = token.split('.');
    const others = [
      await sign({}, { key: randomBytes(32) }),
      `${header}.${encoded({ sub: 'eve', exp: nowSeconds() + 60 })}.${signature}`,
      `${token.slice(0, -2)}AA`,
      forged({ alg: 'HS256', crit: ['x'], x: 1 }, { sub: 'ada', exp: nowSeconds() + 60 }, (text) =>
        createHmac('sha256', SECRET).update(text).digest('base64url'),
      ),
      await sign({}, { alg: 'RS256', key: rsa.privateKey }),
    ];
    for (const other of others) await expect(verify(other)).rejects.toMatchObject(NOT_VALID);
  });

  it.each(['', '.', '..', 'x', 'a.b', 'a.b.c', 'a.b.c.d.e', '\u0000', 'ey'.repeat(10), '....'])(
    'is not %j',
    async (token) => {
      await expect(verify(token)).rejects.toMatchObject(NOT_VALID);
    },
  );

  it('holds for 30 s after its end, and no longer', async () => {
    expect((await verify(await sign({ exp: nowSeconds() - 20 }))).subject).toBe('ada');
    await expect(verify(await sign({ exp: nowSeconds() - 31 }))).rejects.toMatchObject(EXPIRED);
  });

  it('holds from 30 s before its time, and no earlier', async () => {
    expect((await verify(await sign({ nbf: nowSeconds() + 20 }))).subject).toBe('ada');
    await expect(verify(await sign({ nbf: nowSeconds() + 40 }))).rejects.toMatchObject(NOT_VALID);
  });

  it('was issued by now, or in the 30 s to come', async () => {
    expect((await verify(await sign({ iat: nowSeconds() + 20 }))).subject).toBe('ada');
    await expect(verify(await sign({ iat: nowSeconds() + 40 }))).rejects.toMatchObject(NOT_VALID);
  });

  it.each(['sub', 'exp'])('has to have %s', async (name) => {
    await expect(verify(await sign({ [name]: undefined }))).rejects.toMatchObject(NOT_VALID);
  });

  it.each([{ exp: 'soon' }, { exp: null }, { sub: 7 }, { nbf: 'x' }, { iat: 'x' }])(
    'has no claim of %j',
    async (claims) => {
      const all = { sub: 'ada', exp: nowSeconds() + 60, ...claims };
      const token = forged({ alg: 'HS256' }, all, (text) =>
        createHmac('sha256', SECRET).update(text).digest('base64url'),
      );
      await expect(verify(token)).rejects.toMatchObject(NOT_VALID);
    },
  );

  it('is of the issuer, and for the audience, that are configured', async () => {
    const strict = verifierOf({ PANIER_JWT_SECRET: SECRET, PANIER_JWT_ISSUER: 'shop', PANIER_JWT_AUDIENCE: 'panier' });
    expect((await strict(await sign({ iss: 'shop', aud: ['other', 'panier'] }))).subject).toBe('ada');
    for (const claims of [
      {},
      { iss: 'shop' },
      { aud: 'panier' },
      { iss: 'evil', aud: 'panier' },
      { iss: 'shop', aud: 'x' },
    ])
      await expect(strict(await sign(claims))).rejects.toMatchObject(NOT_VALID);
  });
});
