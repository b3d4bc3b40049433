import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servedHosts } from '../../http/index.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { sendBytes, statusesIn } from './testing/raw-bytes.ts';
import { ask } from './testing/raw-request.ts';

const UPGRADE =
  'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n';

describe('the hosts that are served', () => {
  const isServed = servedHosts(['Shop.example']);

  it.each(['localhost', 'panier.localhost', '127.0.0.1', '10.1.2.3', '[::1]', 'shop.example', null])(
    'have %s',
    (host) => {
      expect(isServed(host)).toBe(true);
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    'shop.example.evil',
    '127.0.0.1.nip.io',
    'x.shop.example',
    '*',
    '',
  ])('do not have %s', (host) => {
    expect(isServed(host)).toBe(false);
  });

  it('are all, where that was said', () => {
    expect(servedHosts(['*'])('evil.example')).toBe(true);
  });
});

describe('a page whose name was made to lead here', () => {
  let server: GatewayServer;
  beforeAll(async () => {
    const parts = served(memoryModules());
    server = await startServer(parts, { host: '127.0.0.1', port: 0, hosts: ['shop.example'] });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const HEADERS = { host: 'evil.example:4000', origin: 'http://evil.example:4000' };
  const body = JSON.stringify({ query: '{ __typename }' });

  it.each([
    { body, headers: HEADERS },
    { body, headers: { ...HEADERS, accept: 'text/event-stream' } },
    { method: 'GET', path: '/graphql?query={__typename}', headers: HEADERS },
    { method: 'GET', headers: { ...HEADERS, accept: 'text/html' } },
    { method: 'GET', path: '/health/ready', headers: HEADERS },
  ])('is refused with 421: %j', async (asked) => {
    const { status, body: answer } = await ask(server.url, asked);
    expect([status, answer]).toEqual([421, expect.stringContaining('"code":"UNKNOWN_HOST"')]);
  });

  it.each([
    [
      'its name in the target',
      `GET http://evil.example/graphql HTTP/1.1\r\nhost: shop.example\r\nconnection: close\r\n\r\n`,
    ],
    ['a WebSocket', `GET /graphql HTTP/1.1\r\nhost: evil.example\r\norigin: http://evil.example\r\n${UPGRADE}\r\n`],
  ])('is refused with %s', async (_, bytes) => {
    expect(statusesIn((await sendBytes(server.url, bytes)).received)).toEqual([421]);
  });

  it('is served by a name of its own that was given', async () => {
    expect((await ask(server.url, { body, headers: { host: 'shop.example' } })).status).toBe(200);
  });
});
