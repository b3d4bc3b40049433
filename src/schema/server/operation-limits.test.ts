import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { AS_OPERATOR, signedInAs } from '../../../harness/support/tokens.ts';
import type { Limits } from '../../platform/index.ts';
import { ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { type MemoryModules, memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { greet, openSocket } from './raw-socket.fixture.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { ask } from './testing/raw-request.ts';
import { variablesExcess } from './variables-excess.ts';

const CUSTOMER = await signedInAs('customer-1');
const WATCH = `subscription { orderStatus(orderId: "${ORDER_ID}") { order { status } } }`;

let server: GatewayServer;
afterEach(() => server?.[Symbol.asyncDispose]());

const serve = async (limits: Partial<Limits>, modules: MemoryModules = memoryModules()): Promise<void> => {
  server = await startServer(served(modules), { host: '127.0.0.1', port: 0, limits });
};

interface Asked {
  readonly query: string;
  readonly variables?: object;
}

const post = (asked: Asked, headers = {}) =>
  ask(server.url, { headers: { ...AS_OPERATOR, ...headers }, body: JSON.stringify(asked) });

const socketUrl = (): string => `${server.url.replace('http', 'ws')}/graphql`;

const bySocket = async (asked: Asked): Promise<string> => {
  const { socket, received } = await greet(socketUrl());
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: asked }));
  await expect.poll(() => received.filter(({ id }) => id === '1')).not.toEqual([]);
  socket.terminate();
  return JSON.stringify(received);
};

const byGet = ({ query, variables = {} }: Asked) => {
  const asked = `query=${encodeURIComponent(query)}&variables=${encodeURIComponent(JSON.stringify(variables))}`;
  return ask(server.url, { method: 'GET', headers: AS_OPERATOR, path: `/graphql?${asked}` });
};

const LANES: Readonly<Record<string, (asked: Asked) => Promise<string>>> = {
  'by POST': async (asked) => (await post(asked)).body,
  'by GET': async (asked) => (await byGet(asked)).body,
  'as an event stream': async (asked) => (await post(asked, { accept: 'text/event-stream' })).body,
  'by WebSocket': bySocket,
};

const QUERY =
  'query ($filter: EventFilter, $first: Int) { events(filter: $filter, first: $first) { edges { cursor } } }';

describe.each(Object.entries(LANES))('%s', (_lane, send) => {
  it.each([
    ['VARIABLES_TOO_LARGE', { filter: { aggregateId: 'x'.repeat(100) } }],
    ['VARIABLES_TOO_LARGE', { more: Array.from({ length: 100 }, () => 1) }],
    ['VARIABLES_TOO_DEEP', { filter: [[[[1]]]] }],
    ['PAGE_TOO_LARGE', { first: 4 }],
    ['BAD_USER_INPUT', { first: 0 }],
  ])('is told %s of %j', async (code, variables) => {
    await serve({ variablesSize: 100, variablesDepth: 4, pageSize: 3 });
    expect(await send({ query: QUERY, variables })).toContain(`"code":"${code}"`);
    expect(await send({ query: QUERY, variables: { first: 3 } })).toContain('"edges":[]');
  });

  it.each([
    ['{ nodes(ids: ["a", "b", "c", "d"]) { id } }', 'ids holds 4 ids: ask for at most 3 at once.'],
    ['{ products(last: 4) { edges { cursor } } }', 'last is 4: ask for 1 to 3 at a time.'],
  ])('is told what a page may hold of %s', async (query, message) => {
    await serve({ pageSize: 3 });
    expect(await send({ query })).toContain(message);
  });
});

describe('a page of which nothing is said', () => {
  it('is no larger than one may be', async () => {
    const modules = memoryModules();
    const windows: unknown[] = [];
    const page = modules.read.productPage;
    const read = {
      ...modules.read,
      productPage: (window: Parameters<typeof page>[0]) => (windows.push(window.first), page(window)),
    };
    await serve({ pageSize: 3 }, { ...modules, read });
    await post({ query: '{ products { edges { cursor } } other: products(first: 2) { edges { cursor } } }' });
    expect(windows).toEqual([3, 2]);
  });
});

const size = (variables: unknown, variablesSize: number) =>
  variablesExcess(variables, { variablesSize, variablesDepth: 9 })?.extensions['code'];

describe('variables', () => {
  it('are counted in characters of texts and names, and in values', () => {
    const given = { ab: 'cde', f: [1, null, true] };
    expect([size(given, 14), size(given, 13)]).toEqual([undefined, 'VARIABLES_TOO_LARGE']);
  });
});

const stream = async (customer: string) => {
  const leaving = new AbortController();
  const headers = { ...(await signedInAs(customer)), accept: 'text/event-stream', 'content-type': 'application/json' };
  const body = JSON.stringify({ query: WATCH });
  const { status } = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers,
    body,
    signal: leaving.signal,
  });
  return { status, leave: () => leaving.abort() };
};

const watch = async () => {
  const { socket, received, subscribe } = await greet(socketUrl(), CUSTOMER);
  subscribe('1', WATCH);
  subscribe('2', '{ __typename }');
  await expect.poll(() => received.some(({ id, type }) => id === '2' && type !== 'complete')).toBe(true);
  return { socket, received };
};

const CROWDED = [1013, 'TOO_MANY_CONNECTIONS: you have 2 open, and may have no more'];

/** How a WebSocket more of the customer's is closed after its connection_init; 'open' when it is not. */
const closeOf = async () => {
  const socket = await openSocket(socketUrl());
  const closed = once(socket, 'close').then(([code, reason]: readonly unknown[]) => [code, String(reason)]);
  const acknowledged = once(socket, 'message').then(() => 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: CUSTOMER }));
  const outcome = await Promise.race([closed, acknowledged]);
  socket.terminate();
  return outcome;
};

describe('one customer', () => {
  it('has no more WebSockets and event streams than they may, until one closes; others have theirs', async () => {
    const modules = memoryModules();
    const { created, reserved } = orderEvents('customer-1');
    modules.append(ORDER_ID, created, reserved);
    await serve({ connectionsPerCustomer: 2 }, modules);
    const first = await stream('customer-1');
    const { socket, received } = await watch();
    expect(received).toContainEqual({ type: 'next', id: '2', payload: { data: { __typename: 'Query' } } });
    expect([first.status, (await stream('customer-1')).status, (await stream('customer-2')).status]).toEqual([
      200, 503, 200,
    ]);
    expect((await post({ query: '{ __typename }' }, CUSTOMER)).status).toBe(200);
    expect(await closeOf()).toEqual(CROWDED);
    first.leave();
    await expect.poll(async () => (await stream('customer-1')).status).toBe(200);
    socket.terminate();
  });

  it('has no more WebSockets that do nothing, either', async () => {
    await serve({ connectionsPerCustomer: 2 });
    const idle = await Promise.all([greet(socketUrl(), CUSTOMER), greet(socketUrl(), CUSTOMER)]);
    expect(await closeOf()).toEqual(CROWDED);
    const other = await greet(socketUrl(), await signedInAs('customer-2'));
    idle[0].socket.close();
    await expect.poll(closeOf).toBe('open');
    for (const { socket } of [...idle, other]) socket.terminate();
  });
});

describe('an operation', () => {
  it('has as long as is configured', async () => {
    const modules = memoryModules();
    const read = { ...modules.read, productPage: () => new Promise<never>(() => {}) };
    await serve({ operationMs: 100 }, { ...modules, read });
    const startedMs = performance.now();
    expect((await post({ query: '{ products { edges { cursor } } }' })).body).toContain('UNAVAILABLE');
    expect(performance.now() - startedMs).toBeLessThan(3_000);
  });
});
