import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { AS_OPERATOR, signedInAs } from '../../../harness/support/tokens.ts';
import type { Exposure } from '../../platform/index.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { sendBytes } from './testing/raw-bytes.ts';
import { askAsNobody } from './testing/raw-request.ts';

const TYPENAME = JSON.stringify({ query: '{ __typename }' });
const SHOP = 'https://shop.example';
const UPGRADE =
  'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n';

let server: GatewayServer;

const start = async (exposure: Partial<Exposure> = {}, readiness: Record<string, boolean> = { postgresql: true }) => {
  const parts = served(memoryModules(), {
    ready: async () => readiness,
    serving: async () => readiness['postgresql'] === true,
  });
  server = await startServer(parts, { host: '127.0.0.1', port: 0, exposure });
  return server.url;
};

afterEach(() => server[Symbol.asyncDispose]());

const preflight = (origin: string) => ({
  method: 'OPTIONS',
  headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
});

const openFrom = async (url: string, origin: string, headers: Record<string, string> = {}) => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { origin, headers });
  const opened = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.terminate();
  return opened;
};

const probe = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> => {
  const { status, body } = await askAsNobody(server.url, { method: 'GET', path, headers });
  return [status, JSON.parse(body)];
};

describe('every answer', () => {
  it.each([
    ['a plain request', { body: TYPENAME }],
    ['a request that Yoga answers', { path: '/graphql?lane=yoga', body: TYPENAME }],
    ['a mistake', { body: '{' }],
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query={__typename}' }],
    ['an unknown host', { headers: { host: 'evil.example' } }],
    ['an unknown method', { method: 'DELETE' }],
    ['a body that is too long', { body: 'x'.repeat(100_001) }],
    ['an unknown path', { method: 'GET', path: '/nowhere' }],
    ['the way to /graphql', { method: 'GET', path: '/' }],
    ['a probe', { method: 'GET', path: '/readyz' }],
    ['the catalogue of events', { method: 'GET', path: '/asyncapi.json' }],
    ['a preflight', { method: 'OPTIONS', headers: { origin: SHOP, 'access-control-request-method': 'POST' } }],
  ])('has the security headers: to %s', async (_what, asked) => {
    const { headers } = await askAsNobody(await start(), asked);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('has them when it refuses an upgrade, too', async () => {
    const { received } = await sendBytes(await start(), `GET /nowhere HTTP/1.1\r\nhost: localhost\r\n${UPGRADE}\r\n`);
    expect(received).toMatch(/^HTTP\/1.1 404 /);
    expect(received).toContain('x-content-type-options: nosniff\r\n');
  });

  it('says that TLS is to be kept to, where a proxy of ours speaks it', async () => {
    const headers = { 'x-forwarded-proto': 'https' };
    const url = await start({ trustedProxies: ['127.0.0.1'] });
    expect((await askAsNobody(url, { body: TYPENAME, headers })).headers).toHaveProperty('strict-transport-security');
  });

  it('does not take that of a stranger', async () => {
    const headers = { 'x-forwarded-proto': 'https' };
    const url = await start({ trustedProxies: ['10.0.0.1'] });
    expect((await askAsNobody(url, { body: TYPENAME, headers })).headers).not.toHaveProperty(
      'strict-transport-security',
    );
  });
});

describe('a page of another origin', () => {
  it('is let in by a preflight when it is in the list', async () => {
    const { status, headers } = await askAsNobody(await start({ corsOrigins: [SHOP] }), preflight(SHOP));
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringContaining('authorization') as unknown,
      vary: 'origin',
    });
  });

  it.each(['https://evil.example', 'https://shop.example.evil', 'http://shop.example', 'null'])(
    'is let in by none when it is %s',
    async (origin) => {
      const { status, headers } = await askAsNobody(await start({ corsOrigins: [SHOP] }), preflight(origin));
      expect(status).toBe(204);
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    },
  );

  it.each([
    ['a plain answer', { body: TYPENAME }],
    ["one of Yoga's", { path: '/graphql?lane=yoga', body: TYPENAME }],
    ['an error', { body: '{' }],
    ['a refusal', { body: 'x'.repeat(100_001) }],
    ['a probe', { method: 'GET', path: '/livez' }],
  ])('may read %s', async (_what, asked) => {
    const url = await start({ corsOrigins: ['http://localhost:3000', SHOP] });
    const { headers } = await askAsNobody(url, { ...asked, headers: { origin: SHOP } });
    expect(headers).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-expose-headers': expect.stringContaining('retry-after') as unknown,
      vary: expect.stringMatching(/origin/i) as unknown,
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('may always where all may, and never with credentials', async () => {
    const { headers } = await askAsNobody(await start({ corsOrigins: ['*'] }), {
      body: TYPENAME,
      headers: { origin: SHOP },
    });
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it('opens WebSockets when it is in the list', async () => {
    const url = await start({ corsOrigins: [SHOP] });
    expect([await openFrom(url, SHOP), await openFrom(url, 'https://evil.example')]).toEqual([true, false]);
  });

  it("opens them as a page of the host that a proxy of ours names, and not of a stranger's", async () => {
    const named = { 'x-forwarded-host': 'shop.example' };
    expect(await openFrom(await start({ trustedProxies: ['127.0.0.1'] }), SHOP, named)).toBe(true);
    await server[Symbol.asyncDispose]();
    expect(await openFrom(await start(), SHOP, named)).toBe(false);
  });
});

describe('a probe', () => {
  it.each(['/livez', '/health/live', '/livez?verbose'])('is told that the process lives: %s', async (path) => {
    await start();
    expect(await probe(path)).toEqual([200, { status: 'live' }]);
  });

  it.each(['/readyz', '/health/ready'])('is told which parts are ready, in development: %s', async (path) => {
    await start({}, { postgresql: true, redis: false });
    expect(await probe(path)).toEqual([503, { status: 'not ready', checks: { postgresql: true, redis: false } }]);
  });

  it.each(['/readyz', '/health/ready'])(
    'is told no more than whether all is ready, in production, but to operators: %s',
    async (path) => {
      await start({ mode: 'production' }, { postgresql: true, redis: false });
      expect(await probe(path)).toEqual([503, { status: 'not ready' }]);
      expect(await probe(path, { authorization: 'Bearer none' })).toEqual([503, { status: 'not ready' }]);
      expect(await probe(path, await signedInAs('customer-1'))).toEqual([503, { status: 'not ready' }]);
      const checks = { postgresql: true, redis: false };
      expect(await probe(path, AS_OPERATOR)).toEqual([503, { status: 'not ready', checks }]);
    },
  );
});

describe('a balancer', () => {
  it.each(['development', 'production'] as const)(
    'is told whether clients are answered, and no more: %s',
    async (mode) => {
      await start({ mode }, { postgresql: true, redis: false });
      expect(await probe('/readyz/serving?from=here', AS_OPERATOR)).toEqual([200, { status: 'serving' }]);
      await server[Symbol.asyncDispose]();
      await start({ mode }, { postgresql: false, redis: true });
      expect(await probe('/readyz/serving')).toEqual([503, { status: 'not serving' }]);
    },
  );

  it('is told that they are not by a process that cannot say', async () => {
    const parts = served(memoryModules(), { serving: () => Promise.reject(new Error('away')) });
    server = await startServer(parts, { host: '127.0.0.1', port: 0 });
    expect(await probe('/readyz/serving')).toEqual([503, { status: 'not serving' }]);
  });
});

describe('the catalogue of events', () => {
  it.each(['development', 'production'] as const)('is there for everybody, in %s', async (mode) => {
    const url = await start({ mode });
    const asked = { method: 'GET', path: '/asyncapi.json?now' };
    const { status, headers, body } = await askAsNobody(url, asked);
    expect([status, headers['content-type']]).toEqual([200, 'application/json']);
    expect(JSON.parse(body)).toEqual(JSON.parse(readFileSync('asyncapi.json', 'utf8')));
    expect((await askAsNobody(url, asked)).body).toBe(body);
  });

  it('can only be read', async () => {
    const url = await start();
    const head = await askAsNobody(url, { method: 'HEAD', path: '/asyncapi.json' });
    expect([head.status, head.body]).toEqual([200, '']);
    const { status, headers, body } = await askAsNobody(url, { path: '/asyncapi.json', body: TYPENAME });
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
    expect(body).toContain('can only be read');
  });
});
