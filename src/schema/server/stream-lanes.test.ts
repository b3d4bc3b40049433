import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { createClient } from 'graphql-sse';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AS_OPERATOR } from '../../../harness/support/tokens.ts';
import { ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { type MemoryModules, memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { streamLaneOf } from './stream-lanes.ts';

const APOLLO = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json';
const WATCH = `subscription ($id: ID!) { orderStatus(orderId: $id) { step { revision } } }`;
const { created, reserved, requested, succeeded, confirmed } = orderEvents();

let modules: MemoryModules;
let server: GatewayServer;

beforeEach(async () => {
  modules = memoryModules();
  modules.append(ORDER_ID, created, reserved);
  server = await startServer(served(modules), { host: '127.0.0.1', port: 0 });
});
afterEach(() => server[Symbol.asyncDispose]());

const url = (): string => `${server.url}/graphql`;
const end = (): void => modules.append(ORDER_ID, requested, succeeded, confirmed);
const laneOf = (accept: string | null) => streamLaneOf({ headers: new Headers(accept === null ? {} : { accept }) });

const ask = (accept: string, id = ORDER_ID): Promise<Response> =>
  fetch(url(), {
    method: 'POST',
    headers: { ...AS_OPERATOR, 'content-type': 'application/json', accept },
    body: JSON.stringify({ query: WATCH, variables: { id } }),
  });

describe('a subscription over HTTP', () => {
  it.each([
    [null, 'ServerSentEvents'],
    ['*/*', 'ServerSentEvents'],
    ['text/event-stream', 'ServerSentEvents'],
    [`${APOLLO}, text/event-stream`, 'ServerSentEvents'],
    [APOLLO, 'Multipart'],
    ['multipart/mixed; subscriptionSpec="1.0"', 'Multipart'],
    ['multipart/mixed;deferSpec=20220824', null],
    ['multipart/mixed;subscriptionSpec=2.0', null],
    ['application/json', null],
  ])('accepted as %s goes as %s', (accept, lane) => {
    expect(laneOf(accept)).toBe(lane);
  });

  it('is told in parts, by the letter, as long as it lasts', async () => {
    const response = await ask(APOLLO);
    expect(response.headers.get('content-type')).toBe('multipart/mixed;boundary="graphql";subscriptionSpec=1.0');
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
    end();
    const parts = [null, 3, 4, 5].map(
      (revision) =>
        `content-type: application/json\r\n\r\n{"payload":{"data":{"orderStatus":{"step":${
          revision === null ? 'null' : `{"revision":${revision}}`
        }}}}}\r\n--graphql`,
    );
    expect(await response.text()).toBe(`\r\n--graphql\r\n${parts.join('\r\n')}--\r\n`);
  });

  it('of what is not there says so, as JSON, or in a part where JSON is not accepted', async () => {
    const json = await ask(APOLLO, 'order_0');
    expect(await json.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    const parts = await ask('multipart/mixed;subscriptionSpec=1.0', 'order_0');
    expect(await parts.text()).toMatch(/\{"payload":\{"errors":\[.*"code":"NOT_FOUND".*--graphql--\r\n$/s);
  });

  it('is refused in words to who accepts neither lane, and not begun', async () => {
    const response = await ask('application/json');
    expect(response.status).toBe(406);
    expect(await response.json()).toEqual({
      errors: [
        {
          message:
            'A subscription is streamed: accept text/event-stream, or multipart/mixed;subscriptionSpec=1.0, or use a WebSocket (graphql-transport-ws).',
          extensions: { code: 'BAD_REQUEST' },
        },
      ],
    });
    expect(modules.changes.watching()).toBe(0);
  });

  it('in parts is given up when its client leaves', async () => {
    const response = await ask(APOLLO);
    const reader = response.body?.getReader();
    await reader?.read();
    await expect.poll(() => modules.changes.watching()).toBe(1);
    await reader?.cancel();
    await expect.poll(() => modules.changes.watching()).toBe(0);
  });
});

describe("Apollo Client's HttpLink, unmodified", () => {
  it('follows an order to its end', async () => {
    const link = new HttpLink({ uri: url(), headers: AS_OPERATOR });
    const client = new ApolloClient({ link, cache: new InMemoryCache() });
    const told: unknown[] = [];
    const following = new Promise<void>((complete, error) => {
      client
        .subscribe({ query: gql(WATCH), variables: { id: ORDER_ID } })
        .subscribe({ next: (result) => told.push(result), error, complete });
    });
    await expect.poll(() => told.length).toBe(1);
    end();
    await following;
    expect(told).toHaveLength(4);
    expect(JSON.stringify(told)).not.toContain('error');
    expect(told.at(-1)).toMatchObject({ data: { orderStatus: { step: { revision: 5 } } } });
  });
});

describe("graphql-sse's single connection", () => {
  it('is refused in words that its client shows, saying what to do instead', async () => {
    const client = createClient({ url: url(), headers: AS_OPERATOR, singleConnection: true, retryAttempts: 0 });
    const refused = new Promise((complete, error) => {
      client.subscribe(
        { query: WATCH, variables: { id: ORDER_ID } },
        { next: complete, error, complete: () => complete(null) },
      );
    });
    await expect(refused).rejects.toThrow(
      'Server responded with 405: Operations do not share an event stream here: each has a connection of its own. In graphql-sse, leave out singleConnection.',
    );
  });

  it.each(['GET', 'POST', 'DELETE'])('is not gone on with either: %s', async (method) => {
    const headers = { ...AS_OPERATOR, 'x-graphql-event-stream-token': 'token' };
    const response = await fetch(url(), { method, headers });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });
});
