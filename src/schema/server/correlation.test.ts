import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { AS_OPERATOR } from '../../../harness/support/tokens.ts';
import { openLogger } from '../../platform/index.ts';
import { ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { at } from '../testing/run.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';

const SECRET = 'what a defect says';
const WATCH = `subscription { orderStatus(orderId: "${ORDER_ID}") { order { status } } }`;
const MUTATION = 'mutation { createCart { __typename } }';
const QUERY = '{ product(id: "prod_x") { id } }';

const lines: string[] = [];
let server: GatewayServer;
/** Whose gate and page do not work. */
let broken: GatewayServer;

const defect = () => Promise.reject(new Error(SECRET));

beforeAll(async () => {
  const modules = memoryModules({ write: { product: defect, createCart: defect } });
  modules.append(ORDER_ID, orderEvents('customer-1').created);
  Object.assign(modules.audit, { histories: defect });
  const logger = openLogger('error', { destination: { write: (line) => void lines.push(line) } });
  server = await startServer(served(modules, { logger }), { host: '127.0.0.1', port: 0 });
  const page = { cookieName: 'panier', newCookie: defect };
  const parts = served(modules, { logger, page });
  Object.assign(parts.gate, { admit: defect });
  broken = await startServer(parts, { host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await broken[Symbol.asyncDispose]();
});

const post = async (query: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> => {
  const body = JSON.stringify({ query });
  const own = { 'content-type': 'application/json', ...AS_OPERATOR, ...headers };
  return (await fetch(`${server.url}/graphql`, { method: 'POST', headers: own, body })).json();
};

const get = async (query: string): Promise<unknown> =>
  (await fetch(`${server.url}/graphql?query=${encodeURIComponent(query)}`, { headers: AS_OPERATOR })).json();

const overWebSocket = async (query: string): Promise<unknown> => {
  const url = `${server.url.replace('http', 'ws')}/graphql`;
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: AS_OPERATOR });
  const next: unknown = await client.iterate({ query }).next();
  await client.dispose();
  return at(next, 'value');
};

/** The first event; or, where none is begun, the answer. */
const overEventStream = async (query: string): Promise<unknown> => {
  const url = `${server.url}/graphql?query=${encodeURIComponent(query)}`;
  const answer = await (await fetch(url, { headers: { accept: 'text/event-stream', ...AS_OPERATOR } })).text();
  return JSON.parse(/^data: ({.*)$/m.exec(answer)?.[1] ?? answer) as unknown;
};

const atBroken = async (headers: Readonly<Record<string, string>>): Promise<unknown> =>
  (await fetch(`${broken.url}/graphql?query=%7B__typename%7D`, { headers })).json();

const LANES: readonly (readonly [lane: string, ask: () => Promise<unknown>])[] = [
  ['a plain request', () => post(MUTATION)],
  [
    'a request that Yoga answers',
    () => post(MUTATION, { accept: 'application/graphql-response+json, multipart/mixed' }),
  ],
  ['a GET', () => get(QUERY)],
  ['an event stream', () => overEventStream(WATCH)],
  ['a WebSocket, in one answer', () => overWebSocket(MUTATION)],
  ['a WebSocket, in a stream', () => overWebSocket(WATCH)],
  ['a request at the gate', () => atBroken({})],
  ['a page that nobody can be signed in at', () => atBroken({ accept: 'text/html' })],
];

describe('a defect', () => {
  it.each(LANES)('is told by the correlation id that the log has: %s', async (_, ask) => {
    lines.length = 0;
    const answer = await ask();
    expect(answer).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
    const correlationId = String(at(answer, 'errors', 0, 'extensions', 'correlationId'));
    expect(correlationId).toMatch(/^[\da-f-]{36}$/);
    expect(at(answer, 'errors', 0, 'message')).toContain(correlationId);
    expect(JSON.stringify(answer)).not.toContain(SECRET);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 'error', correlationId, error: { message: SECRET } },
    ]);
  });

  it('is told so to who asks for an upgrade', async () => {
    lines.length = 0;
    const socket = new WebSocket(`${broken.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
    const body = await text(response);
    const { correlationId } = JSON.parse(lines.join('')) as { readonly correlationId: string };
    expect([response.statusCode, body]).toEqual([500, expect.stringContaining(correlationId)]);
    expect(body).not.toContain(SECRET);
  });
});
