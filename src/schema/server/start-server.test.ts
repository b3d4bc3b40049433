import { createClient as createSseClient } from 'graphql-sse';
import { type Client, createClient } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { openOwnClock } from '../../../harness/support/own-time.ts';
import { AS_OPERATOR, signedInAs } from '../../../harness/support/tokens.ts';
import { Unavailable } from '../../platform/index.ts';
import { ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { type MemoryModules, memoryModules } from '../testing/memory-modules.ts';
import { at } from '../testing/run.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';

const { created, reserved, requested, succeeded, confirmed } = orderEvents('customer-1');
const ORDER = `query { order(id: "${ORDER_ID}") { status } }`;
const WATCH = `subscription { orderStatus(orderId: "${ORDER_ID}") { order { status } step { revision } } }`;

let modules: MemoryModules;
let server: GatewayServer;
let readiness: Record<string, boolean>;

const send = (body: string, headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' }) =>
  fetch(`${server.url}/graphql`, { method: 'POST', headers: { ...AS_OPERATOR, ...headers }, body });

const ask = async (query: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> => {
  const response = await send(JSON.stringify({ query }), { 'content-type': 'application/json', ...headers });
  return response.json();
};

const webSocketUrl = () => `${server.url.replace('http', 'ws')}/graphql`;

const connect = (
  options: { connectionParams?: Record<string, unknown>; onClose?: (code: number) => void } = {},
): Client =>
  createClient({
    url: webSocketUrl(),
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: options.connectionParams ?? AS_OPERATOR,
    on: { closed: (event) => options.onClose?.((event as { code: number }).code) },
  });

const finalUpdates = [
  { order: { status: 'AWAITING_PAYMENT' }, step: null },
  { order: { status: 'AWAITING_PAYMENT' }, step: { revision: 4 } },
  { order: { status: 'CONFIRMED' }, step: { revision: 5 } },
];

const followToTheEnd = async (updates: AsyncIterable<unknown>) => {
  const seen = [];
  for await (const update of updates) {
    seen.push(at(update, 'data', 'orderStatus'));
    if (seen.length === 1) modules.append(ORDER_ID, succeeded, confirmed);
  }
  return seen;
};

const start = (given: MemoryModules) =>
  startServer(served(given, { ready: async () => readiness }), { host: '127.0.0.1', port: 0 });

describe('the server', () => {
  beforeEach(async () => {
    readiness = { postgres: true, redis: true };
    modules = memoryModules({ write: { product: () => Promise.reject(new Unavailable('away')) } });
    modules.append(ORDER_ID, created, reserved, requested);
    server = await start(modules);
  });

  afterEach(() => server[Symbol.asyncDispose]());

  describe('over HTTP', () => {
    it('answers queries', async () => {
      expect(await ask(ORDER)).toEqual({ data: { order: { status: 'AWAITING_PAYMENT' } } });
    });

    it('takes the bearer of the token for the viewer', async () => {
      expect(await ask(ORDER, await signedInAs('customer-1'))).toMatchObject({ data: { order: {} } });
      expect(await ask(ORDER, await signedInAs('customer-2'))).toEqual({ data: { order: null } });
    });

    it('says BAD_USER_INPUT of variables that do not fit', async () => {
      const query = 'query ($status: [OrderStatus!]) { orders(status: $status) { edges { cursor } } }';
      const response = await send(JSON.stringify({ query, variables: { status: ['LOST'] } }));
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    });

    it('says UNAVAILABLE when something is away', async () => {
      expect(await ask('{ product(id: "prod_x") { id } }')).toMatchObject({
        data: { product: null },
        errors: [{ path: ['product'], extensions: { code: 'UNAVAILABLE' } }],
      });
    });

    it('tells nothing of a defect but its correlation id', async () => {
      const answer = await ask('mutation { createCart { __typename } }');
      expect(answer).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
      const correlationId = String(at(answer, 'errors', 0, 'extensions', 'correlationId'));
      expect(at(answer, 'errors', 0, 'message')).toContain(correlationId);
      expect(JSON.stringify(answer)).not.toContain('offers no such command');
    });

    it.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/graphql',
    ])('refuses a post of %s', async (contentType) => {
      expect((await send('query={__typename}', { 'content-type': contentType })).status).toBe(415);
    });

    it('refuses mutations by GET', async () => {
      const query = encodeURIComponent('mutation { createCart { __typename } }');
      expect((await fetch(`${server.url}/graphql?query=${query}`, { headers: AS_OPERATOR })).status).toBe(405);
    });

    it('refuses bodies of more than 100 kB, and batches', async () => {
      expect((await send(JSON.stringify({ query: `{ __typename } #${'x'.repeat(100_000)}` }))).status).toBe(413);
      expect((await send(JSON.stringify([{ query: ORDER }]))).status).toBe(400);
    });

    it('lets no other origin read', async () => {
      const response = await send(JSON.stringify({ query: ORDER }), {
        'content-type': 'application/json',
        origin: 'http://evil.example',
      });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    });

    it('tells whether it is ready', async () => {
      expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
      expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
      readiness = { postgres: true, redis: false };
      const response = await fetch(`${server.url}/health/ready`);
      expect([response.status, await response.json()]).toEqual([503, { status: 'not ready', checks: readiness }]);
    });

    it('shows browsers GraphiQL', async () => {
      const page = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
      expect(await page.text()).toContain('mutation CreateCart');
    });

    it('streams a subscription as server-sent events until it completes', async () => {
      const client = createSseClient({ url: `${server.url}/graphql`, retryAttempts: 0, headers: AS_OPERATOR });
      expect(await followToTheEnd(client.iterate({ query: WATCH }))).toEqual(finalUpdates);
      expect(modules.changes.watching()).toBe(0);
    });

    it('ends the watch of a subscriber who hangs up', async () => {
      const hangUp = new AbortController();
      const headers = { ...AS_OPERATOR, accept: 'text/event-stream', 'content-type': 'application/json' };
      const body = JSON.stringify({ query: WATCH });
      const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body, signal: hangUp.signal });
      await response.body?.getReader().read();
      await expect.poll(() => modules.changes.watching()).toBe(1);
      hangUp.abort();
      await expect.poll(() => modules.changes.watching()).toBe(0);
    });

    it.each([['192.0.2.1', 'HOST=192.0.2.1 is no address of this machine']])(
      'says why it cannot listen on %s',
      async (host, reason) => {
        const refused = startServer(served(modules), { host, port: 0 });
        await expect(refused).rejects.toThrow(reason);
      },
    );

    it('says so when the port is taken', async () => {
      const port = Number(new URL(server.url).port);
      const second = startServer(served(modules), { host: '127.0.0.1', port });
      await expect(second).rejects.toThrow(`PORT=${port} is taken: stop the other program or set PORT`);
    });
  });

  describe('over WebSocket', () => {
    it('streams a subscription until it completes', async () => {
      const client = connect();
      expect(await followToTheEnd(client.iterate({ query: WATCH }))).toEqual(finalUpdates);
      expect(server.openSubscriptions()).toBe(0);
      await client.dispose();
    });

    it('takes the bearer of the token in connection_init for the viewer', async () => {
      const client = connect({ connectionParams: await signedInAs('customer-2') });
      const updates = client.iterate({ query: WATCH });
      expect((await updates.next()).value).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
      await client.dispose();
    });

    it.each([
      ['{', 'GRAPHQL_PARSE_FAILED'],
      ['{ node(id: "\ud800") { id } }', 'GRAPHQL_PARSE_FAILED'],
      ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      ['fragment Part on Order { id }', 'OPERATION_RESOLUTION_FAILURE'],
      ['query A { __typename } query B { __typename }', 'OPERATION_RESOLUTION_FAILURE'],
    ])('refuses %j with the code of HTTP, and keeps the socket', async (query, code) => {
      const client = connect();
      const failed = await client
        .iterate({ query })
        .next()
        .catch((errors: unknown) => errors);
      expect(at(failed, 0, 'extensions', 'code')).toBe(code);
      // Whoever asks next is told the same, though the error is remembered.
      expect(at(await ask(query), 'errors', 0, 'extensions', 'code')).toBe(code);
      expect((await client.iterate({ query: ORDER }).next()).value).toMatchObject({ data: { order: {} } });
      await client.dispose();
    });

    it('says why a stream fails, and keeps the socket', async () => {
      const client = connect();
      const updates = client.iterate({ query: WATCH });
      await updates.next();
      Object.assign(modules.audit, { histories: () => Promise.reject(new Error('defect')) });
      modules.append(ORDER_ID, succeeded);
      expect((await updates.next()).value).toMatchObject({
        errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
      });
      expect((await updates.next()).done).toBe(true);
      expect((await client.iterate({ query: ORDER }).next()).value).toMatchObject({ data: { order: {} } });
      await client.dispose();
    });

    it('tells nothing of a defect that keeps a stream from starting', async () => {
      const client = connect();
      Object.assign(modules.audit, { histories: () => Promise.reject(new Error('the secret of a defect')) });
      const refused: unknown = (await client.iterate({ query: WATCH }).next()).value;
      expect(refused).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
      expect(JSON.stringify(refused)).not.toContain('secret');
      await client.dispose();
    });

    it('ends the watches of a client that goes away', async () => {
      const client = connect();
      const updates = client.iterate({ query: WATCH });
      await updates.next();
      expect(modules.changes.watching()).toBe(1);
      client.terminate();
      await expect.poll(() => modules.changes.watching()).toBe(0);
    });

    it('refuses a page of another origin', async () => {
      const socket = new WebSocket(webSocketUrl(), 'graphql-transport-ws', { origin: 'http://evil.example' });
      const refused = await new Promise<Error>((resolve) => socket.once('error', resolve));
      expect(refused.message).toContain('403');
    });

    it('closes a socket whose first message is too large', async () => {
      const socket = new WebSocket(webSocketUrl(), 'graphql-transport-ws');
      await new Promise((resolve) => socket.once('open', resolve));
      socket.send('x'.repeat(70_000));
      expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(1009);
    });
  });

  describe('when it stops', () => {
    it('breaks subscriptions off without completing them, closes WebSockets with 1001 and lets go of the port', async () => {
      const closed = Promise.withResolvers<number>();
      const client = connect({ onClose: closed.resolve });
      const updates = client.iterate({ query: WATCH });
      await updates.next();
      const sse = createSseClient({ url: `${server.url}/graphql`, retryAttempts: 0, headers: AS_OPERATOR }).iterate({
        query: WATCH,
      });
      await sse.next();

      using clock = openOwnClock();
      const [next, nextBySse] = [updates.next(), sse.next()];
      await Promise.all([
        server[Symbol.asyncDispose](),
        expect(next).rejects.toMatchObject({ code: 1001 }),
        expect(nextBySse).rejects.toThrow('terminated'),
      ]);

      expect(await closed.promise).toBe(1001);
      expect(modules.changes.watching()).toBe(0);
      expect(clock.nowMs()).toBeLessThan(2_000);
      await expect(fetch(server.url)).rejects.toThrow('fetch failed');
      server = await start(modules);
    });
  });
});
