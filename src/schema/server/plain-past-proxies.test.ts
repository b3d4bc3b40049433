import { afterEach, describe, expect, it } from 'vitest';
import type { Mode } from '../../platform/index.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { openSocket, refusalBy } from './raw-socket.fixture.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { ask } from './testing/raw-request.ts';

const BODY = JSON.stringify({ query: '{ __typename }' });

let server: GatewayServer;
afterEach(() => server[Symbol.asyncDispose]());

const serve = async (mode: Mode, trustedProxies: readonly string[]): Promise<string> => {
  const exposure = { mode, trustedProxies };
  server = await startServer(served(memoryModules()), { host: '127.0.0.1', port: 0, exposure });
  return `${server.url.replace('http', 'ws')}/graphql`;
};

describe('a request in plain text', () => {
  it('is refused in production when it comes past the proxies, and says that it comes by one', async () => {
    await serve('production', ['10.0.0.7']);
    for (const path of ['/graphql', '/graphql?', '/']) {
      const { status, body } = await ask(server.url, { path, body: BODY, headers: { 'x-forwarded-proto': 'https' } });
      expect([status, body]).toEqual([403, expect.stringContaining('PANIER_TRUSTED_PROXIES')]);
      expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    }
  });

  it('opens no WebSocket there, either', async () => {
    const { status, text } = await refusalBy(await serve('production', ['10.0.0.7']));
    expect([status, text]).toEqual([403, expect.stringContaining('PANIER_TRUSTED_PROXIES')]);
  });

  it.each(['/livez', '/readyz', '/readyz/serving', '/health/live', '/health/ready'])(
    'is answered there when it probes: %s',
    async (path) => {
      await serve('production', ['10.0.0.7']);
      expect((await ask(server.url, { method: 'GET', path })).status).toBe(200);
    },
  );

  it.each([
    ['in production, from a proxy', 'production', ['127.0.0.1']],
    ['in production, where there are no proxies', 'production', []],
    ['in development', 'development', ['10.0.0.7']],
  ] as const)('is answered %s', async (_where, mode, proxies) => {
    const url = await serve(mode, proxies);
    expect((await ask(server.url, { body: BODY })).body).toBe('{"data":{"__typename":"Query"}}');
    (await openSocket(url)).terminate();
  });
});
