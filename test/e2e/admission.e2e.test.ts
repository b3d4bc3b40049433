import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { eventually } from '../../harness/support/eventually.ts';
import { openOwnClock, ownMs } from '../../harness/support/own-time.ts';
import { customerToken, OPERATOR_TOKEN, tokenOf } from '../../harness/support/tokens.ts';
import { AdjustStockDocument, accepted, type Client } from '../../src/cli/client.ts';
import { sleep } from '../../src/platform/index.ts';
import { startPanier, type TestInstance, type TestPanier } from './panier.ts';
import { openRawSocket, type RawSocket } from './raw-socket.ts';
import { shelve } from './shop.ts';

const CLOSES_WITHIN_MS = 1_000;
const FORBIDDEN = 4403;

let panier: TestPanier;
/** Another process, which knows the first by the database alone. */
let other: TestInstance;
let operator: Client;
let productId: string;

beforeAll(async () => {
  panier = await startPanier();
  other = await panier.another({ roles: ['gateway'] });
  operator = panier.client();
  productId = await shelve(operator, 1);
});
afterAll(() => panier[Symbol.asyncDispose]());

const ask = async (url: string, query: string, token: string | null): Promise<Response> =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== null && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
  });

interface Answer {
  readonly data: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

const answer = async (response: Promise<Response>): Promise<Answer> => (await (await response).json()) as Answer;

const revoke = async (sub: string): Promise<void> => {
  const query = `mutation { revokeTokens(sub: "${sub}") { ... on RevokedTokens { sub } ... on UserError { message } } }`;
  expect((await answer(ask(panier.url, query, OPERATOR_TOKEN))).data['revokeTokens']).toEqual({ sub });
};

const expiryOf = (token: string): number => (decodeJwt(token).exp ?? 0) * 1_000;

const WATCH = () => `subscription { stock(productIds: ["${productId}"]) { available } }`;

const watching = async (url: string, token: string): Promise<RawSocket> => {
  const socket = await openRawSocket(url, token);
  socket.send({ type: 'subscribe', id: 'stock', payload: { query: WATCH() } });
  await socket.updates('stock', 1);
  return socket;
};

const START_VISIT = 'mutation { startVisit { ... on Visit { visitorId token } } }';

const deliver = async (): Promise<void> => {
  accepted((await operator.request(AdjustStockDocument, { input: { productId, delta: 1 } })).adjustStock);
};

interface Streaming {
  readonly ticket?: string;
  readonly token?: string;
  readonly query?: string;
}

/** As EventSource asks: by GET, and unless there is a token without a header of its own. */
const stream = (url: string, { ticket, token, query = WATCH() }: Streaming): Promise<Response> => {
  const asked = new URLSearchParams({ query, ...(ticket !== undefined && { ticket }) });
  const headers = { accept: 'text/event-stream', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
  return fetch(`${url}/graphql?${asked.toString()}`, { headers });
};

const ticketFor = async (token: string): Promise<string> => {
  const query = 'mutation { streamTicket { ... on StreamTicket { ticket expiresAt } } }';
  return (await answer(ask(panier.url, query, token))).data['streamTicket']?.['ticket'] ?? '';
};

/** Resolves when the stream ends, by itself or broken off. */
const endOf = async (response: Response): Promise<void> => {
  try {
    for await (const chunk of response.body ?? []) expect(chunk.length).toBeGreaterThan(0);
  } catch {}
};

describe('a revocation', () => {
  it('closes the sockets of that subject in every process within a second, and keeps them out', async () => {
    const [token, bobs] = [await tokenOf({ role: 'customer', subject: 'ada' }), await customerToken('bob')];
    using here = await watching(panier.url, token);
    using there = await watching(other.url, token);
    using bob = await watching(other.url, bobs);
    using clock = openOwnClock();
    await revoke('ada');
    for (const socket of [here, there]) expect((await socket.closed).code).toBe(FORBIDDEN);
    expect(clock.nowMs()).toBeLessThan(CLOSES_WITHIN_MS);
    for (const url of [panier.url, other.url]) {
      const refused = await ask(url, '{ __typename }', token);
      expect([refused.status, (await answer(Promise.resolve(refused))).errors?.[0]?.extensions.code]).toEqual([
        401,
        'UNAUTHENTICATED',
      ]);
    }
    // In the second of its revocation no token is good.
    await sleep(1_000);
    const anew = await tokenOf({ role: 'customer', subject: 'ada' });
    expect((await ask(other.url, '{ __typename }', anew)).status).toBe(200);
    await deliver();
    await bob.updates('stock', 2);
  });

  it('breaks event streams off, without a word that they are complete', async () => {
    const token = await tokenOf({ role: 'customer', subject: 'eve' });
    const response = await stream(other.url, { token });
    const ended = response.text().then(
      (text) => text,
      (error: Error) => error.message,
    );
    using clock = openOwnClock();
    await revoke('eve');
    expect(await ended).toBe('terminated');
    expect(clock.nowMs()).toBeLessThan(CLOSES_WITHIN_MS);
  });

  it("ends a visitor's token like any other", async () => {
    const { visitorId = '', token = '' } = (await answer(ask(panier.url, START_VISIT, null))).data['startVisit'] ?? {};
    using socket = await watching(other.url, token);
    await revoke(visitorId);
    expect((await socket.closed).code).toBe(FORBIDDEN);
  });
});

describe('npm run rotate-keys', () => {
  it('makes a key, signs nobody out, and says in a line what it did', async () => {
    const { token = '' } = (await answer(ask(panier.url, START_VISIT, null))).data['startVisit'] ?? {};
    const env = { ...process.env, DATABASE_URL: panier.databaseUrl };
    const { stdout } = await promisify(execFile)(process.execPath, ['src/cli/rotate-keys.ts'], { env });
    const [, kid = ''] =
      /^New visits are signed with the key (visits-[\da-f]+) from five seconds on\.\n$/.exec(stdout) ?? [];
    const keys = await panier.db.selectFrom('access.visit_key').select('kid').orderBy('number').execute();
    expect(keys.map((key) => key.kid)).toEqual([expect.anything(), kid]);
    expect((await ask(other.url, '{ __typename }', token)).status).toBe(200);
  });
});

describe('a socket', () => {
  it('closes within a second after its token has expired', async () => {
    const token = await tokenOf({ role: 'customer', subject: 'ada', ttlSeconds: 3 });
    const expiresAtMs = expiryOf(token);
    using socket = await watching(other.url, token);
    await sleep(expiresAtMs - Date.now());
    expect(await ownMs(() => socket.closed)).toBeLessThan(CLOSES_WITHIN_MS);
    const { code, atMs } = await socket.closed;
    expect(code).toBe(FORBIDDEN);
    expect(atMs).toBeGreaterThanOrEqual(expiresAtMs);
  });

  it('goes on with a new token, and what is under way misses nothing and sees nothing twice', async () => {
    const token = await tokenOf({ role: 'customer', subject: 'ada', ttlSeconds: 3 });
    using socket = await watching(other.url, token);
    const pong = socket.next('pong');
    const renewed = await tokenOf({ role: 'customer', subject: 'ada', ttlSeconds: 8 });
    socket.send({ type: 'ping', payload: { authorization: `Bearer ${renewed}` } });
    expect(await pong).toEqual({ type: 'pong', payload: { isRenewed: true } });
    let count = 1;
    for (const goesOnMs = expiryOf(token) + CLOSES_WITHIN_MS; Date.now() < goesOnMs; await sleep(500)) {
      await deliver();
      count += 1;
      await socket.updates('stock', count);
    }
    expect(socket.isOpen()).toBe(true);
    const seen = (await socket.updates('stock', count)).map((payload) => JSON.stringify(payload));
    expect(new Set(seen).size).toBe(count);
    const { code, atMs } = await socket.closed;
    expect([code, atMs >= expiryOf(renewed)]).toEqual([FORBIDDEN, true]);
  });

  const scopes = ['events:read', 'repair'] as const;
  it.each([
    ['of somebody else', () => tokenOf({ role: 'operator', subject: 'otto', scopes })],
    ['of another role', () => tokenOf({ role: 'service', subject: 'olga', scopes })],
    ['with a scope less', () => tokenOf({ role: 'operator', subject: 'olga', scopes: ['repair'] })],
    ['that has expired', () => tokenOf({ role: 'operator', subject: 'olga', scopes, ttlSeconds: -60 })],
    ['that is none', async () => 'nonsense'],
  ])('closes on a token %s', async (_what, renew) => {
    using socket = await watching(other.url, await tokenOf({ role: 'operator', subject: 'olga', scopes }));
    socket.send({ type: 'ping', payload: { authorization: `Bearer ${await renew()}` } });
    expect((await socket.closed).code).toBe(FORBIDDEN);
  });

  it('answers a ping without a token as ever', async () => {
    using socket = await watching(other.url, await customerToken('bob'));
    const pong = socket.next('pong');
    socket.send({ type: 'ping', payload: { mine: 1 } });
    expect(await pong).toEqual({ type: 'pong', payload: { mine: 1 } });
  });
});

describe('a ticket', () => {
  it("opens one event stream of its viewer's, in any process, and that ends with the token", async () => {
    const token = await tokenOf({ role: 'customer', subject: 'ida' });
    const ticket = await ticketFor(token);
    const response = await stream(other.url, { ticket });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const again = await stream(other.url, { ticket });
    expect([again.status, await again.text()]).toEqual([
      401,
      expect.stringContaining('get a new one with streamTicket'),
    ]);
    expect((await stream(panier.url, { ticket })).status).toBe(401);
    const ended = endOf(response);
    using clock = openOwnClock();
    await revoke('ida');
    await ended;
    expect(clock.nowMs()).toBeLessThan(CLOSES_WITHIN_MS);
  });

  it('shows what its viewer may see, and no more', async () => {
    const query = 'subscription { events { cursor } }';
    const ofCustomer = await stream(other.url, { query, ticket: await ticketFor(await customerToken('bob')) });
    expect(await ofCustomer.text()).toContain('FORBIDDEN');
    const ofOperator = await stream(other.url, { query, ticket: await ticketFor(OPERATOR_TOKEN) });
    await deliver();
    const { value } = (await ofOperator.body?.getReader().read()) ?? {};
    expect(Buffer.from(value ?? []).toString()).not.toContain('FORBIDDEN');
  });

  it('is for streams: refused, and not used up, by anything else', async () => {
    const ticket = await ticketFor(await customerToken('bob'));
    const byGet = await fetch(`${panier.url}/graphql?query={__typename}&ticket=${ticket}`);
    const byPost = await fetch(`${panier.url}/graphql?ticket=${ticket}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: WATCH() }),
    });
    expect([byGet.status, byPost.status]).toEqual([401, 401]);
    const response = await stream(panier.url, { ticket });
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });

  it('opens no WebSocket, which could command, and is not used up by one', async () => {
    const ticket = await ticketFor(await customerToken('bob'));
    const headers = { accept: 'text/event-stream' };
    const socket = new WebSocket(`${panier.url}/graphql?ticket=${ticket}`, 'graphql-transport-ws', { headers });
    const [, { statusCode }] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
    expect(statusCode).toBe(401);
    const response = await stream(panier.url, { ticket });
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });

  it('is for somebody', async () => {
    const query = 'mutation { streamTicket { ... on StreamTicket { ticket } } }';
    expect((await answer(ask(panier.url, query, null))).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('is over when it has expired', async () => {
    const ticket = await ticketFor(await customerToken('bob'));
    const keys = await panier.redis.keys('panier:ticket:*');
    for (const key of keys) await panier.redis.pexpire(key, 1);
    await eventually(async () => expect(await panier.redis.keys('panier:ticket:*')).toEqual([]));
    expect((await stream(panier.url, { ticket })).status).toBe(401);
  });
});
