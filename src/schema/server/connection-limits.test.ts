import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AS_OPERATOR, signedInAs } from '../../../harness/support/tokens.ts';
import type { Credentials, Gate } from '../../access/index.ts';
import { ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { type MemoryModules, memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { greet, openSocket, refusalBy } from './raw-socket.fixture.ts';
import { type GatewayServer, startServer } from './start-server.ts';

const WATCH = `subscription { orderStatus(orderId: "${ORDER_ID}") { order { status } } }`;
const LIMITS = { sockets: 3, operationsPerSocket: 2, eventStreams: 2 };

let modules: MemoryModules;
let server: GatewayServer;
let url: string;

beforeEach(async () => {
  modules = memoryModules();
  const { created, reserved } = orderEvents('customer-1');
  modules.append(ORDER_ID, created, reserved);
  server = await startServer(served(modules), { host: '127.0.0.1', port: 0, limits: LIMITS });
  url = `${server.url.replace('http', 'ws')}/graphql`;
});
afterEach(() => server[Symbol.asyncDispose]());

const stream = (signal?: AbortSignal, accept = 'text/event-stream') =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { ...AS_OPERATOR, accept, 'content-type': 'application/json' },
    body: JSON.stringify({ query: WATCH }),
    ...(signal && { signal }),
  });

describe('a WebSocket', () => {
  it('that does not begin in time is closed with 4408', async () => {
    const socket = await openSocket(url);
    expect(await once(socket, 'close')).toEqual([4408, Buffer.from('Connection initialisation timeout')]);
  });

  it('too many is refused, until another one closes', async () => {
    const open = [await openSocket(url), await openSocket(url), await openSocket(url)];
    const text = 'This process serves as many WebSockets as it may (3): try again in a few seconds.';
    const refusal = { status: 503, text };
    expect(await refusalBy(url)).toEqual(refusal);
    open[0]?.close();
    await expect.poll(() => openSocket(url).catch(() => null)).not.toBeNull();
    expect(await refusalBy(url)).toEqual(refusal);
  });

  it('with too many operations under way keeps those that it has, and may go on when one ends', async () => {
    const { socket, received, subscribe } = await greet(url);
    const answersTo = (id: string) => received.filter((message) => message.id === id);
    for (const id of ['1', '2', '3']) subscribe(id, WATCH);
    await expect.poll(() => answersTo('3')).toHaveLength(1);
    const message = 'No more than 2 operations at the same time on one WebSocket: end some, or open another one.';
    expect(answersTo('3')).toEqual([
      { id: '3', type: 'error', payload: [{ message, extensions: { code: 'TOO_MANY_OPERATIONS' } }] },
    ]);
    await expect.poll(() => [...answersTo('1'), ...answersTo('2')]).toHaveLength(2);
    expect(server.openSubscriptions()).toBe(2);
    socket.send(JSON.stringify({ type: 'complete', id: '1' }));
    subscribe('4', WATCH);
    await expect.poll(() => answersTo('4')).toMatchObject([{ type: 'next' }]);
  });
});

const IN_PARTS = 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0';

describe('a stream of server-sent events', () => {
  it('too many is refused, until another one ends; requests without a stream are not', async () => {
    const leaving = new AbortController();
    const streams = [await stream(leaving.signal), await stream()];
    expect(streams.map(({ status }) => status)).toEqual([200, 200]);
    const refused = await stream();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.text()).toContain('"code":"UNAVAILABLE"');
    expect((await fetch(`${server.url}/graphql?query={__typename}`)).status).toBe(200);
    leaving.abort();
    await expect.poll(async () => (await stream()).status).toBe(200);
  });

  it.each(['*/*', 'text/*', 'TEXT/EVENT-STREAM', 'application/json, text/event-stream', '', IN_PARTS])(
    'is counted by what is answered, also to who accepts %j',
    async (accept) => {
      const statuses: number[] = [];
      for (const _nth of ['first', 'second', 'third']) statuses.push((await stream(undefined, accept)).status);
      expect(statuses).toEqual([200, 200, 503]);
    },
  );
});

const from = (address: string) => ({ 'x-forwarded-for': address });

describe('of one address', () => {
  it('WebSockets and event streams are bounded together, whoever opens them, until one closes', async () => {
    const limits = { ...LIMITS, streamsPerAddress: 2 };
    const exposure = { mode: 'development', corsOrigins: [], trustedProxies: ['127.0.0.1'] } as const;
    await using behind = await startServer(served(modules), { host: '127.0.0.1', port: 0, limits, exposure });
    const at = `${behind.url.replace('http', 'ws')}/graphql`;
    const leaving = new AbortController();
    const streamFrom = (address: string, signal?: AbortSignal) =>
      fetch(`${behind.url}/graphql`, {
        method: 'POST',
        headers: { ...AS_OPERATOR, ...from(address), accept: 'text/event-stream', 'content-type': 'application/json' },
        body: JSON.stringify({ query: WATCH }),
        ...(signal && { signal }),
      });
    await openSocket(at, from('192.0.2.1'));
    expect((await streamFrom('192.0.2.1', leaving.signal)).status).toBe(200);
    const text =
      'This process serves as many WebSockets and event streams of one address as it may (2): try again in a few seconds.';
    expect(await refusalBy(at, from('192.0.2.1'))).toEqual({ status: 503, text });
    const refused = await streamFrom('192.0.2.1');
    expect([refused.status, await refused.text()]).toEqual([503, expect.stringContaining(text)]);
    expect((await streamFrom('192.0.2.2')).status).toBe(200);
    leaving.abort();
    await expect.poll(async () => (await streamFrom('192.0.2.1')).status).toBe(200);
  });
});

/** Whoever shows who they are for the second time, as after an upgrade, waits until `release` is called. */
const holdSecond = (gate: Gate) => {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const admit = gate.admit.bind(gate);
  let asked = 0;
  const held = async (credentials: Credentials) => {
    asked += 1;
    if (asked === 2) {
      reached.resolve();
      await released.promise;
    }
    return admit(credentials);
  };
  Object.assign(gate, { admit: held });
  return { reached: reached.promise, release: () => released.resolve() };
};

describe('of one viewer', () => {
  it('a WebSocket that goes before it is known whose it is counts no more', async () => {
    const parts = served(modules);
    const { reached, release } = holdSecond(parts.gate);
    const limits = { ...LIMITS, connectionsPerCustomer: 1 };
    await using busy = await startServer(parts, { host: '127.0.0.1', port: 0, limits });
    const ada = await signedInAs('ada');
    const greeted = async () => {
      const socket = await openSocket(`${busy.url.replace('http', 'ws')}/graphql`, ada);
      socket.send(JSON.stringify({ type: 'connection_init', payload: ada }));
      return socket;
    };
    const leaving = await greeted();
    await reached;
    leaving.terminate();
    await expect.poll(() => busy.openConnections()).toBe(0);
    release();
    const next = await greeted();
    const [told] = (await Promise.race([once(next, 'message'), once(next, 'close')])) as [unknown];
    expect(String(told)).toBe('{"type":"connection_ack"}');
    next.terminate();
  });
});
