import { afterEach, describe, expect, it } from 'vitest';
import { signedInAs } from '../../../harness/support/tokens.ts';
import { openRates } from '../../access/index.ts';
import { NO_RATE_LIMITS, type RateLimits } from '../../platform/index.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { greet, refusalBy } from './raw-socket.fixture.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { ask } from './testing/raw-request.ts';

const CUSTOMER = await signedInAs('customer-1');
const QUERY = '{ __typename }';
const MAKE = 'mutation { createCart { __typename } }';
const WATCH = 'subscription { stock(productIds: ["prod_x"]) { id } }';
const REFUSED = /^That is more than is served within a minute: go on in \d+ s\.$/;

let server: GatewayServer;
afterEach(() => server[Symbol.asyncDispose]());

const serve = async (limits: Partial<RateLimits>): Promise<void> => {
  const rates = openRates({ limits: { ...NO_RATE_LIMITS, ...limits }, redis: null });
  server = await startServer(served(memoryModules(), { rates }), { host: '127.0.0.1', port: 0 });
};

const post = (query: string, headers: Readonly<Record<string, string>> = CUSTOMER) =>
  ask(server.url, { headers, body: JSON.stringify({ query }) });

/** The lanes of HTTP. */
const HTTP: Readonly<Record<string, (query: string) => ReturnType<typeof ask>>> = {
  'by POST': (query) => post(query),
  'by POST of Yoga': (query) =>
    ask(server.url, { headers: CUSTOMER, path: '/graphql?', body: JSON.stringify({ query }) }),
  'by GET': (query) =>
    ask(server.url, { method: 'GET', headers: CUSTOMER, path: `/graphql?query=${encodeURIComponent(query)}` }),
  'as an event stream': (query) => post(query, { ...CUSTOMER, accept: 'text/event-stream' }),
};

const socketOfCustomer = async () => {
  const { socket, received, subscribe } = await greet(`${server.url.replace('http', 'ws')}/graphql`, CUSTOMER);
  const answersTo = async (id: string, query: string): Promise<unknown> => {
    subscribe(id, query);
    await expect.poll(() => received.some((message) => message.id === id)).toBe(true);
    return received.find((message) => message.id === id);
  };
  return { socket, answersTo };
};

describe('who asks more often than they may', () => {
  it.each(Object.entries(HTTP))('%s gets 429, with the seconds to wait', async (_lane, send) => {
    await serve({ customer: 1 });
    expect((await send(QUERY)).body).toContain('"data":{"__typename":"Query"}');
    const { status, headers, body } = await send(QUERY);
    expect(status).toBe(429);
    const [text = ''] = /\{.*\}/s.exec(body) ?? [];
    const { errors } = JSON.parse(text) as { errors: unknown[] };
    const retryAfter = Number(headers['retry-after']);
    expect(errors).toEqual([
      { message: expect.stringMatching(REFUSED) as string, extensions: { code: 'RATE_LIMITED', retryAfter } },
    ]);
    expect(retryAfter).toBeGreaterThan(50);
    expect(retryAfter).toBeLessThanOrEqual(60);
  });

  it('by WebSocket gets an error of the operation, and keeps the socket', async () => {
    await serve({ customer: 1 });
    const { socket, answersTo } = await socketOfCustomer();
    expect(await answersTo('1', QUERY)).toMatchObject({ type: 'next' });
    expect(await answersTo('2', QUERY)).toMatchObject({
      type: 'error',
      payload: [{ extensions: { code: 'RATE_LIMITED', retryAfter: expect.any(Number) as number } }],
    });
    expect(socket.readyState).toBe(socket.OPEN);
    socket.terminate();
  });

  it('is the same in every lane, and another is somebody else', async () => {
    await serve({ customer: 1 });
    await post(QUERY);
    for (const send of Object.values(HTTP)) expect((await send(QUERY)).status).toBe(429);
    const { socket, answersTo } = await socketOfCustomer();
    expect(await answersTo('1', WATCH)).toMatchObject({ type: 'error' });
    socket.terminate();
    expect((await post(QUERY, await signedInAs('customer-2'))).status).toBe(200);
  });
});

describe('what counts', () => {
  it('of commands is each of them, by whatever name or fragment', async () => {
    await serve({ customerCommands: 4 });
    expect(
      (
        await post(
          `mutation { a: createCart { __typename } ...M ...M } fragment M on Mutation { createCart { __typename } }`,
        )
      ).status,
    ).toBe(200);
    expect((await post(`mutation { a: createCart { __typename } b: createCart { __typename } }`)).status).toBe(200);
    expect((await post(MAKE)).status).toBe(429);
    expect((await post(QUERY)).status).toBe(200);
  });

  it('of a large answer is a point for each thousand fields', async () => {
    await serve({ customer: 9 });
    const page = '{ orders(first: 100) { edges { node { lines { productId } steps { revision } } } } }';
    for (const status of [200, 200, 200, 429]) expect((await post(page)).status).toBe(status);
  });

  it('is the operation that is run, not the others of its document', async () => {
    await serve({ customerCommands: 1 });
    const both = `query Q ${QUERY} ${MAKE.replace('mutation', 'mutation M')}`;
    const run = (operationName: string) =>
      ask(server.url, { headers: CUSTOMER, body: JSON.stringify({ query: both, operationName }) });
    expect([(await run('Q')).status, (await run('Q')).status]).toEqual([200, 200]);
    expect([(await run('M')).status, (await run('M')).status]).toEqual([200, 429]);
  });

  it('is once what one lane begins and another one answers', async () => {
    await serve({ customer: 2 });
    const unfit = { query: 'query ($id: ID!) { order(id: $id) { id } }', variables: { id: {} } };
    for (const expected of ['BAD_USER_INPUT', 'BAD_USER_INPUT', 'RATE_LIMITED'])
      expect((await ask(server.url, { headers: CUSTOMER, body: JSON.stringify(unfit) })).body).toContain(expected);
  });

  it('of an address is everything, understood or not, but not what asks after health', async () => {
    await serve({ address: 3 });
    expect((await post('nonsense {')).status).not.toBe(429);
    expect((await ask(server.url, { body: 'nonsense' })).status).toBe(400);
    const { socket } = await greet(`${server.url.replace('http', 'ws')}/graphql`);
    socket.terminate();
    expect((await post(QUERY)).status).toBe(429);
    expect((await refusalBy(`${server.url.replace('http', 'ws')}/graphql`)).status).toBe(429);
    expect((await ask(server.url, { method: 'GET', path: '/health/live' })).status).toBe(200);
  });

  it('of a WebSocket is also each message', async () => {
    await serve({ address: 2 });
    const { socket, answersTo } = await socketOfCustomer();
    expect(await answersTo('1', 'nonsense {')).toMatchObject({
      payload: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }],
    });
    expect(await answersTo('2', 'nonsense {')).toMatchObject({ payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    socket.terminate();
  });

  it('of a WebSocket is also each ping with a token, which is to be verified', async () => {
    await serve({ address: 2 });
    const { socket } = await socketOfCustomer();
    const pongs: string[] = [];
    socket.on('message', (data: Buffer) => pongs.push(data.toString()));
    for (let count = 0; count < 3; count += 1) socket.send(JSON.stringify({ type: 'ping', payload: CUSTOMER }));
    const refused = '{"type":"pong","payload":{"isRenewed":false}}';
    await expect.poll(() => pongs.toSorted()).toEqual([refused, refused, refused.replace('false', 'true')]);
    expect(socket.readyState).toBe(socket.OPEN);
    socket.terminate();
  });
});
