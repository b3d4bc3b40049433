import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { AS_OPERATOR, signedInAs, TOKEN_CONFIG, tokenOf } from '../../../harness/support/tokens.ts';
import { Gate, pageSignInOf, SCOPES } from '../../access/index.ts';
import { readConfig, type TokenConfig, type TokenKey } from '../../platform/index.ts';
import { ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { type MemoryModules, memoryModules } from '../testing/memory-modules.ts';
import { at, SILENT } from '../testing/run.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { ask, type RawAnswer } from './testing/raw-request.ts';

type Headers = Readonly<Record<string, string>>;

const ORDER = `{ order(id: "${ORDER_ID}") { id } }`;
const WATCH = `subscription { orderStatus(orderId: "${ORDER_ID}") { order { id } } }`;
const RSA = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
const SEEN = `"id":"${ORDER_ID}"`;

let modules: MemoryModules;
let server: GatewayServer;

const start = async (given: Parameters<typeof served>[1] = {}): Promise<void> => {
  server = await startServer(served(modules, given), { host: '127.0.0.1', port: 0 });
};

beforeEach(async () => {
  const { created, reserved, requested, succeeded, confirmed } = orderEvents('ada');
  modules = memoryModules();
  // It is over: whoever watches it is told so at once.
  modules.append(ORDER_ID, created, reserved, requested, succeeded, confirmed);
});
afterEach(() => server[Symbol.asyncDispose]());

const post = (query: string, headers: Headers): Promise<RawAnswer> =>
  ask(server.url, { as: 'Nobody', headers, body: JSON.stringify({ query }) });

/** What a WebSocket is told of the order, or why it is not: the refusal of its upgrade, or the code and reason of its end. */
const overSocket = async (upgrade: Headers, init: unknown): Promise<string> => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: upgrade,
  });
  const told = Promise.withResolvers<string>();
  socket.on('unexpected-response', (_request, response) => told.resolve(`${response.statusCode}`));
  socket.on('error', () => undefined);
  socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: init })));
  socket.on('close', (code, reason) => told.resolve(`${code} ${reason.toString()}`));
  socket.on('message', (data: Buffer) => {
    const { type } = JSON.parse(data.toString()) as { type: string };
    if (type === 'connection_ack')
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: WATCH } }));
    else told.resolve(data.toString());
  });
  const answer = await told.promise;
  socket.terminate();
  return answer;
};

const EVENT_STREAM = { accept: 'text/event-stream' };

const LANES: Readonly<Record<string, (headers: Headers) => Promise<string>>> = {
  'a plain request': async (headers) => (await post(ORDER, headers)).body,
  'a request by GET': async (headers) => {
    const path = `/graphql?query=${encodeURIComponent(ORDER)}`;
    return (await ask(server.url, { as: 'Nobody', method: 'GET', path, headers })).body;
  },
  'server-sent events': async (headers) => (await post(WATCH, { ...headers, ...EVENT_STREAM })).body,
  'an upgrade': (headers) => overSocket(headers, {}),
  connection_init: (headers) => overSocket({}, headers),
};
const EACH_LANE = Object.entries(LANES);

describe('every lane', () => {
  beforeEach(() => start());

  it.each(EACH_LANE)('takes the bearer of a token for who asks: %s', async (_name, send) => {
    expect(await send(AS_OPERATOR)).toContain(SEEN);
    expect(await send(await signedInAs('ada'))).toContain(SEEN);
    // Once more: now the token is known.
    expect(await send(await signedInAs('ada'))).toContain(SEEN);
    expect(await send(await signedInAs('bob'))).not.toContain(SEEN);
  });

  it.each(EACH_LANE)('takes who shows nothing for nobody: %s', async (_name, send) => {
    expect(await send({})).toContain('UNAUTHENTICATED');
  });

  it.each(EACH_LANE)('refuses what is wrong, and never takes it for nothing: %s', async (_name, send) => {
    const expired = await tokenOf({ role: 'operator', subject: 'me', ttlSeconds: -31 });
    const foreign = await tokenOf({ role: 'operator', subject: 'me' });
    for (const authorization of ['', 'Bearer', 'Basic eDp5', 'Bearer x', `Bearer ${expired}`, `Bearer ${foreign}x`]) {
      const told = await send({ authorization });
      expect(told).not.toContain('data');
      expect(told).toMatch(/UNAUTHENTICATED|^401|^4403 (?:The token|authorization)/);
    }
  });

  it('of HTTP says so with 401, and how to sign in', async () => {
    const { status, headers, body } = await post(ORDER, { authorization: 'Bearer x' });
    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer error="invalid_token"']);
    expect(JSON.parse(body)).toEqual({
      errors: [{ message: 'The token is not valid: get a new one.', extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  it('refuses a token for being long, however well it is signed', async () => {
    for (const [count, expected] of [
      [60, SEEN],
      [90, 'The token is not valid: get a new one.'],
    ] as const) {
      const long = await tokenOf({
        role: 'operator',
        subject: 'me',
        scopes: Array.from({ length: count }, () => SCOPES).flat(),
      });
      expect((await post(ORDER, { authorization: `Bearer ${long}` })).body).toContain(expected);
    }
  });

  it('takes Bearer, and authorization, in any case', async () => {
    const token = AS_OPERATOR.authorization.slice('Bearer '.length);
    expect((await post(ORDER, { authorization: `bEARER   ${token}` })).body).toContain(SEEN);
    expect(await overSocket({}, { Authorization: `Bearer ${token}` })).toContain(SEEN);
  });

  it('of a WebSocket takes connection_init for more than the upgrade', async () => {
    expect(await overSocket(await signedInAs('bob'), await signedInAs('ada'))).toContain(SEEN);
    expect(await overSocket(await signedInAs('ada'), await signedInAs('bob'))).toContain('NOT_FOUND');
    expect(await overSocket(await signedInAs('ada'), { authorization: null })).toContain(SEEN);
    expect(await overSocket(await signedInAs('ada'), { authorization: 7 })).toMatch(/^4403 /);
  });
});

describe('a token that was taken before', () => {
  it('is refused when it is over', async () => {
    await start();
    // Good for two seconds more, and what is left of this one: with -29 that might be as good as nothing.
    const nearlyOver = await tokenOf({ role: 'operator', subject: 'me', scopes: ['orders:read'], ttlSeconds: -27 });
    const headers = { authorization: `Bearer ${nearlyOver}` };
    expect((await post(ORDER, headers)).body).toContain(SEEN);
    await expect.poll(async () => (await post(ORDER, headers)).body).toContain('has expired');
  });

  it('is refused when it was revoked, and another one of the same subject is not', async () => {
    await start();
    const [customer, operator] = [await signedInAs('ada'), AS_OPERATOR];
    expect((await post(ORDER, customer)).body).toContain(SEEN);
    await modules.access.revocations.revoke({ subject: 'ada', issuedBeforeMs: Date.now() + 1_000 });
    expect((await post(ORDER, customer)).body).toContain('The token has been revoked');
    expect((await post(ORDER, operator)).body).toContain(SEEN);
  });
});

describe('a gate that cannot tell', () => {
  it('says so, and lets nobody in', async () => {
    const environment = {
      PANIER_JWT_ISSUER: 'id',
      PANIER_JWT_AUDIENCE: 'panier',
      PANIER_JWT_JWKS_URL: 'http://127.0.0.1:1/',
    };
    const { tokens: config } = readConfig(environment);
    await using gate = new Gate({ config, key: config.key as TokenKey, access: modules.access, logger: SILENT });
    await start({ gate });
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'RS256', kid: 'x' }).sign(RSA);
    const headers = { authorization: `Bearer ${token}` };
    const { status, headers: told, body } = await post(ORDER, headers);
    expect([status, told['retry-after']]).toEqual([503, '5']);
    expect(body).toContain('UNAVAILABLE');
    expect(await overSocket(headers, {})).toBe('503');
    expect(await overSocket({}, headers)).toMatch(/^1013 Whether the token is valid cannot be told/);
  });
});

const KEY: TokenKey = { kind: 'Development', secret: randomBytes(32) };
const DEVELOPMENT: TokenConfig = { ...TOKEN_CONFIG, key: KEY };
const PAGE = { accept: 'text/html,*/*' };

describe('the page', () => {
  beforeEach(() =>
    start({
      gate: new Gate({ config: DEVELOPMENT, key: KEY, access: modules.access, logger: SILENT }),
      page: pageSignInOf(DEVELOPMENT),
    }),
  );

  const page = (headers: Headers = {}, path = '/graphql'): Promise<RawAnswer> =>
    ask(server.url, { as: 'Nobody', method: 'GET', path, headers: { ...PAGE, ...headers } });

  const cookieOf = async (): Promise<string> => (await page()).headers['set-cookie']?.[0] ?? '';

  it('gets a cookie that no script reads, for itself, for eight hours', async () => {
    expect(await cookieOf()).toMatch(
      /^panier-[\da-f]{8}=[\w.-]+; Path=\/graphql; Max-Age=28800; HttpOnly; SameSite=Strict$/,
    );
    expect((await page({}, '/graphql?query=x')).headers['set-cookie']).toHaveLength(1);
  });

  it.each<readonly [string, Headers]>([
    ['another host', { host: 'shop.example' }],
    ['through a proxy', { 'x-forwarded-for': '192.0.2.1' }],
    ['through a proxy that says so otherwise', { forwarded: 'for=192.0.2.1' }],
    ['what is no page', { accept: 'application/json' }],
    ['an event stream', EVENT_STREAM],
  ])('gets none from %s', async (_what, headers) => {
    expect((await page(headers)).headers['set-cookie']).toBeUndefined();
  });

  it('asks as an operator with it, by every lane, and no other page does', async () => {
    const [cookie = ''] = (await cookieOf()).split(';');
    const own = { origin: server.url };
    for (const [name, send] of EACH_LANE) {
      if (name === 'connection_init') continue;
      expect([name, await send({ cookie, ...own })]).toEqual([name, expect.stringContaining(SEEN)]);
    }
    const others = [
      {},
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: `http://localhost:1` },
      { origin: `${own.origin}.evil.example` },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' },
    ];
    for (const other of others) expect((await post(ORDER, { cookie, ...other })).body).toContain('UNAUTHENTICATED');
    expect((await post(ORDER, { cookie, 'sec-fetch-site': 'same-origin' })).body).toContain(SEEN);
  });

  it('is told to load again when its cookie is wrong, and loads with it all the same', async () => {
    const [name = ''] = (await cookieOf()).split('=');
    const headers = { cookie: `other=1; ${name}=a.b.c`, 'sec-fetch-site': 'same-origin' };
    expect((await post(ORDER, headers)).status).toBe(401);
    expect((await page(headers)).status).toBe(200);
    expect(at(JSON.parse((await post(ORDER, headers)).body), 'errors', 0, 'message')).toBe(
      'The token is not valid: get a new one.',
    );
  });

  it('is not signed in where keys were configured', () => {
    expect(pageSignInOf(TOKEN_CONFIG)).toBeNull();
  });
});
