import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { greet, openSocket } from './raw-socket.fixture.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { sendBytes, statusesIn } from './testing/raw-bytes.ts';
import { ask } from './testing/raw-request.ts';

const WEB_SOCKET =
  'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n';

/** Targets and hosts that no URL can be made of, or that mean another place than this. */
const UNREADABLE: readonly (readonly [name: string, target: string, host: string])[] = [
  ['two slashes', '//', 'panier'],
  ['another host', '//evil.example/graphql', 'panier'],
  ['three slashes', '///graphql', 'panier'],
  ['an open bracket', 'http://[', 'panier'],
  ['a port that is none', 'http://panier:99999999/graphql', 'panier'],
  ['an asterisk', '*', 'panier'],
  ['no slash', 'graphql', 'panier'],
  ['another scheme', 'file:///etc/passwd', 'panier'],
  ['a host with an open bracket', '/graphql', '['],
  ['a host with a space', '/graphql', 'a b'],
  ['a host with a path', '/graphql', 'panier/x'],
  ['a host with a user', '/graphql', 'root@panier'],
  ['a host with a port that is none', '/graphql', 'panier:port'],
  ['an empty host', '/graphql', ''],
];

const nested = (depth: number): string => `${'{a'.repeat(depth)}${'}'.repeat(depth)}`;
const chain = (links: number): string =>
  `{ ...f0 } ${Array.from({ length: links }, (_, nth) => `fragment f${nth} on Query{...f${nth + 1}}`).join(' ')} fragment f${links} on Query{__typename}`;

/** Documents that are read by deep recursion. */
const DEEP: readonly (readonly [name: string, body: object])[] = [
  ['selections', { query: nested(10_000) }],
  ['lists', { query: `{ node(id: ${'['.repeat(20_000)}${']'.repeat(20_000)}) { id } }` }],
  ['objects', { query: `{ node(id: ${'{a:'.repeat(10_000)}1${'}'.repeat(10_000)}) { id } }` }],
  ['types of variables', { query: `query ($a: ${'['.repeat(20_000)}ID${']'.repeat(20_000)}) { __typename }` }],
  ['brackets that stay open', { query: '{a('.repeat(15_000) }],
  ['inline fragments', { query: `${'{...'.repeat(10_000)}{a}${'}'.repeat(10_000)}` }],
];

const leaks = (text: string): boolean => /node_modules|\.ts:\d|at \w+ \(|Maximum call stack|\/src\//.test(text);

describe('what strangers send wrongly', () => {
  let server: GatewayServer;
  beforeAll(async () => {
    const parts = served(memoryModules());
    server = await startServer(parts, { host: '127.0.0.1', port: 0, hosts: ['panier', 'p'] });
  });
  afterAll(() => server[Symbol.asyncDispose]());
  const webSocketUrl = () => `${server.url.replace('http', 'ws')}/graphql`;
  const lives = async () => expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  const accept = 'application/graphql-response+json';
  const post = (body: unknown) => ask(server.url, { headers: { accept }, body: JSON.stringify(body) });

  it.each(UNREADABLE)('is told 400 for a target or host with %s', async (_name, target, host) => {
    for (const rest of ['connection: close\r\n', WEB_SOCKET, 'connection: close\r\nhost2: x\r\n']) {
      const { received, wasClosed } = await sendBytes(
        server.url,
        `GET ${target} HTTP/1.1\r\nhost: ${host}\r\n${rest}\r\n`,
      );
      expect([statusesIn(received), wasClosed, leaks(received)]).toEqual([[400], true, false]);
    }
    await lives();
  });

  it('serves a target in absolute-form, and HTTP/1.0 without a host', async () => {
    const asked = '?query=%7B__typename%7D';
    const absolute = await sendBytes(
      server.url,
      `GET http://panier/graphql${asked} HTTP/1.1\r\nhost: panier\r\nconnection: close\r\n\r\n`,
    );
    const old = await sendBytes(server.url, `GET /graphql${asked} HTTP/1.0\r\n\r\n`);
    for (const { received } of [absolute, old]) expect(received).toContain('{"data":{"__typename":"Query"}}');
  });

  it.each([
    ['CONNECT', 'CONNECT panier:443 HTTP/1.1\r\nhost: panier\r\n\r\n', 405],
    ['TRACE', 'TRACE /graphql HTTP/1.1\r\nhost: panier\r\nconnection: close\r\n\r\n', 405],
    ['a path of 64 kB', `GET /${'x'.repeat(65_536)} HTTP/1.1\r\nhost: panier\r\n\r\n`, 431],
    [
      'both lengths',
      'POST /graphql HTTP/1.1\r\nhost: p\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a length that is none', 'POST /graphql HTTP/1.1\r\nhost: p\r\ncontent-length: -1\r\n\r\n', 400],
    ['a chunk that is none', 'POST /graphql HTTP/1.1\r\nhost: p\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', 400],
    ['no HTTP at all', '\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n', 400],
  ])('is refused for %s, and the connection closed', async (_name, bytes, status) => {
    const { received, wasClosed } = await sendBytes(server.url, bytes);
    expect([statusesIn(received), wasClosed]).toEqual([[status], true]);
    await lives();
  });

  describe('a body that is too long', () => {
    const head = 'POST /graphql HTTP/1.1\r\nhost: panier\r\ncontent-type: application/json\r\n';
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    it.each([
      [
        'in chunks',
        [head, 'transfer-encoding: chunked\r\n\r\n', ...Array.from({ length: 16 }, () => chunk), '0\r\n\r\n'],
      ],
      ['in chunks without end', [head, 'transfer-encoding: chunked\r\n\r\n', chunk, chunk]],
      ['of a length that was told', [head, 'content-length: 1000000\r\n\r\n', 'x'.repeat(1_000_000)]],
      ['of which not all comes', [head, 'content-length: 1000000\r\n\r\n', 'x'.repeat(200_000)]],
    ])('%s is answered with 413, and its connection closed', async (_name, parts) => {
      const { received, wasClosed } = await sendBytes(server.url, parts);
      expect([statusesIn(received), wasClosed]).toEqual([[413], true]);
      expect(received).toMatch(/connection: close/i);
    });
  });

  it.each([
    ['latin1', { 'content-type': 'application/json; charset=latin1' }, 415],
    ['UTF-16', { 'content-type': 'application/json;charset="utf-16"' }, 415],
    ['gzip', { 'content-encoding': 'gzip' }, 415],
    ['another encoding', { 'content-encoding': 'zstd, identity' }, 415],
  ])('is told %s is not understood', async (_name, headers, status) => {
    const answer = await ask(server.url, { headers, body: '{"query":"{ __typename }"}' });
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([
      status,
      { errors: [{ extensions: { code: 'UNSUPPORTED_MEDIA_TYPE' } }] },
    ]);
  });

  it.each([
    ['of bytes that are not UTF-8', Buffer.from('{"query":"{ __typename } # \u00e9"}', 'latin1')],
    ['cut in the middle of a character', Buffer.from('{"query":"é"}').subarray(0, 11)],
    ['of no JSON', 'query={__typename}'],
    ['of half a JSON', '{"query":"{'],
    ['nested 20,000 deep', `{"query":"{ __typename }","variables":{"a":${'['.repeat(20_000)}`],
  ])('is told 400 for a body %s', async (_name, body) => {
    const answer = await ask(server.url, { body });
    expect([answer.status, leaks(answer.body)]).toEqual([400, false]);
  });

  it.each(['variables={', 'variables=nonsense', 'extensions=[', 'variables=%FF', 'variables=[]', 'variables=5'])(
    'is told 400 for a GET with %s',
    async (parameter) => {
      const answer = await ask(server.url, { method: 'GET', path: `/graphql?query=%7B__typename%7D&${parameter}` });
      expect([answer.status, leaks(answer.body)]).toEqual([400, false]);
      expect(JSON.parse(answer.body)).toMatchObject({
        errors: [{ extensions: { code: expect.stringMatching(/^BAD_/) as unknown } }],
      });
    },
  );

  it.each(DEEP)('is told BAD_USER_INPUT for nesting %s 10,000 deep, on every way', async (_name, body) => {
    const byHttp = await post(body);
    expect([byHttp.status, leaks(byHttp.body)]).toEqual([400, false]);
    expect(JSON.parse(byHttp.body)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    const { socket, received } = await greet(webSocketUrl());
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: body }));
    await expect
      .poll(() => received.at(-1))
      .toMatchObject({ id: '1', type: 'error', payload: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect([socket.readyState, leaks(JSON.stringify(received))]).toEqual([WebSocket.OPEN, false]);
    socket.close();
  });

  it('is told of values nested 10,000 deep that they are too deep', async () => {
    const query = 'query ($id: ID!) { node(id: $id) { id } }';
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const answer = await ask(server.url, { body: `{"query":${JSON.stringify(query)},"variables":{"id":${deep}}}` });
    expect(JSON.parse(answer.body)).toMatchObject({ errors: [{ extensions: { code: 'VARIABLES_TOO_DEEP' } }] });
    expect(leaks(answer.body)).toBe(false);
  });

  it('is told of no defect for a chain of 2,700 fragments', async () => {
    const answer = await post({ query: chain(2_700) });
    expect(answer.status).toBeLessThan(500);
    expect(leaks(answer.body)).toBe(false);
  });

  it.each([
    ['that only servers send', { type: 'next', id: '1', payload: {} }],
    ['of no known type', { type: 'start', id: '1' }],
    ['without an id', { type: 'subscribe', payload: { query: '{ __typename }' } }],
    ['with a payload that is none', { type: 'subscribe', id: '1', payload: 5 }],
    [
      'with variables that are none',
      { type: 'subscribe', id: '1', payload: { query: '{ __typename }', variables: 5 } },
    ],
  ])('is closed with 4400 for a message %s', async (_name, message) => {
    const { socket } = await greet(webSocketUrl());
    const closed = new Promise<unknown>((resolve) =>
      socket.once('close', (code, reason) => resolve([code, reason.toString()])),
    );
    socket.send(JSON.stringify(message));
    expect(await closed).toEqual([4400, 'Invalid message received']);
  });

  it('is closed for what is no frame, without harm to others', async () => {
    const other = await greet(webSocketUrl());
    for (const bytes of ['ffffffff', '81ff', 'c1850000000078787878', '8185000000ff', '88820000000003e7']) {
      const raw = await sendBytes(
        server.url,
        [`GET /graphql HTTP/1.1\r\nhost: panier\r\n${WEB_SOCKET}\r\n`, Buffer.from(bytes, 'hex')],
        300,
      );
      expect(statusesIn(raw.received)).toEqual([101]);
    }
    other.subscribe('1', '{ __typename }');
    await expect.poll(() => other.received.at(-1)).toMatchObject({ type: 'complete' });
    other.socket.close();
    const silent = await openSocket(webSocketUrl());
    silent.terminate();
    await lives();
  });
});
