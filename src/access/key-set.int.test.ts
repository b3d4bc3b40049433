import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { type Clock, openLogger, readConfig, systemClock } from '../platform/index.ts';
import { type BearerTokens, openBearerTokens } from './bearer-tokens.ts';
import type { Pace } from './key-set.ts';

type Answer = (response: ServerResponse) => void;

interface Signer {
  readonly jwk: object;
  readonly sign: () => Promise<string>;
}

const makeSigner = async (kid: string): Promise<Signer> => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
  const sign = () =>
    new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid })
      .setSubject('ada')
      .setIssuer('id')
      .setAudience('panier')
      .setExpirationTime('1h')
      .sign(privateKey);
  return { jwk, sign };
};

const keys =
  (...signers: readonly Signer[]): Answer =>
  (response) =>
    response.end(JSON.stringify({ keys: signers.map(({ jwk }) => jwk) }));

const QUICK: Pace = { timeoutMs: 1_000, cooldownMs: 200, restMs: 200, renewMs: 60_000 };

let stack: AsyncDisposableStack;
let answer: Answer;
let asked: number;
let url: string;
let renewals: number;
let [one, two]: readonly Signer[] = [];

beforeEach(async () => {
  stack = new AsyncDisposableStack();
  [one, two] = [await makeSigner('one'), await makeSigner('two')];
  [asked, renewals] = [0, 0];
  const server = createServer((_request, response) => {
    asked += 1;
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  answer = keys(signer(one));
});
afterEach(() => stack.disposeAsync());

const signer = (given: Signer | undefined): Signer => {
  if (given === undefined) throw new Error('There is no such signer.');
  return given;
};

const noteRenewal = (): void => void (renewals += 1);

/** A verifier that has asked for the keys, whatever came of it. */
const opened = async (pace: Partial<Pace> = {}, clock: Clock = systemClock): Promise<BearerTokens> => {
  const environment = { PANIER_JWT_JWKS_URL: url, PANIER_JWT_ISSUER: 'id', PANIER_JWT_AUDIENCE: 'panier' };
  const { tokens: config } = readConfig(environment);
  if (config.key === null) throw new Error('There is no key.');
  const options = { config, key: config.key, logger: openLogger('silent'), onKeys: noteRenewal, clock };
  const tokens = stack.use(openBearerTokens({ ...options, pace: { ...QUICK, ...pace } }));
  await eventually(() => expect(asked).toBe(1));
  return tokens;
};

const away: Answer = (response) => response.destroy();
const NOT_VALID = { name: 'Unauthenticated', message: 'The token is not valid: get a new one.' };
const UNAVAILABLE = { name: 'Unavailable' };
const later = (): Promise<void> => systemClock.sleep(250);

const FAILURES: readonly (readonly [string, Answer])[] = [
  ['is away', away],
  ['hangs', () => undefined],
  ['hangs in the middle', (response) => response.write('{"keys":[')],
  ['answers garbage', (response) => response.end('<html>')],
  ['answers JSON that is no set of keys', (response) => response.end('{"keys":"none"}')],
  ['answers with 500', (response) => response.writeHead(500).end('{"keys":[]}')],
  ['sends elsewhere', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
  ['answers more than a set of keys has', (response) => response.end(`{"keys":[],"x":"${'x'.repeat(300_000)}"}`)],
];

describe('a JWKS', () => {
  it('that serves a key verifies its tokens, and is asked once', async () => {
    const tokens = await opened();
    for (let nth = 0; nth < 5; nth += 1) expect((await tokens.verify(await signer(one).sign())).subject).toBe('ada');
    expect(asked).toBe(1);
  });

  it('is asked again for a key that it has since, and tells that keys are others', async () => {
    const tokens = await opened();
    await tokens.verify(await signer(one).sign());
    const before = renewals;
    answer = keys(signer(one), signer(two));
    await later();
    expect((await tokens.verify(await signer(two).sign())).subject).toBe('ada');
    expect([asked, renewals - before]).toEqual([2, 1]);
  });

  it('is not asked for each of a stranger’s keys', async () => {
    const tokens = await opened({ cooldownMs: 60_000 });
    await tokens.verify(await signer(one).sign());
    const stranger = await makeSigner('one-of-a-stranger');
    for (let nth = 0; nth < 20; nth += 1)
      await expect(tokens.verify(await stranger.sign())).rejects.toMatchObject(NOT_VALID);
    expect(asked).toBe(1);
  });

  it.each(FAILURES)('that %s refuses nobody whose key is known, and cannot tell of others', async (_how, failing) => {
    const tokens = await opened();
    await tokens.verify(await signer(one).sign());
    answer = failing;
    await later();
    await expect(tokens.verify(await signer(two).sign())).rejects.toMatchObject(UNAVAILABLE);
    expect((await tokens.verify(await signer(one).sign())).subject).toBe('ada');
    answer = keys(signer(one), signer(two));
    await later();
    expect((await tokens.verify(await signer(two).sign())).subject).toBe('ada');
  });

  it.each(FAILURES)('that %s at the start is asked again, though not for each token', async (_how, failing) => {
    answer = failing;
    let nowMs = 0;
    const tokens = await opened({ restMs: 1_000 }, { ...systemClock, nowMs: () => nowMs });
    const attempts = Array.from({ length: 20 }, async () => tokens.verify(await signer(one).sign()));
    const refused = (await Promise.allSettled(attempts)).map(
      (outcome) => 'reason' in outcome && String(outcome.reason),
    );
    expect(new Set(refused)).toEqual(new Set(['Unavailable: The keys of tokens are away']));
    expect(asked).toBe(1);
    answer = keys(signer(one));
    nowMs = 1_000;
    expect((await tokens.verify(await signer(one).sign())).subject).toBe('ada');
  });

  it('that takes a key back takes its tokens back with the next renewal', async () => {
    const tokens = await opened({ renewMs: 100 });
    const token = await signer(one).sign();
    await tokens.verify(token);
    answer = keys(signer(two));
    await eventually(() => expect(tokens.verify(token)).rejects.toMatchObject(NOT_VALID));
  });

  it('that has only another kind of key, or a secret, verifies nothing with it', async () => {
    const { publicKey } = await generateKeyPair('RS256', { extractable: true });
    const rsa = { ...(await exportJWK(publicKey)), kid: 'one' };
    answer = (response) => response.end(JSON.stringify({ keys: [rsa, { kty: 'oct', k: 'c2VjcmV0', kid: 'one' }] }));
    const tokens = await opened({ cooldownMs: 60_000 });
    await expect(tokens.verify(await signer(one).sign())).rejects.toMatchObject(NOT_VALID);
  });
});
