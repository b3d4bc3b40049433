import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { type MemoryModules, memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { OperationIds } from './operation-ids.ts';
import { greet } from './raw-socket.fixture.ts';
import { type GatewayServer, startServer } from './start-server.ts';

const QUERY = `{ order(id: "${ORDER_ID}") { id } }`;
const WATCH = `subscription { orderStatus(orderId: "${ORDER_ID}") { order { status } } }`;
const EVENTS = 'subscription { events { node { type } } }';
const { created, reserved, requested } = orderEvents('customer-1');

/** Who reads the order first waits until `release` is called; the others do not. */
const holdFirstRead = (read: MemoryModules['read']) => {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const { orders } = read;
  let reads = 0;
  const held: typeof orders = async (asked) => {
    reads += 1;
    reached.resolve();
    if (reads === 1) await released.promise;
    return orders(asked);
  };
  Object.assign(read, { orders: held });
  return { reached: reached.promise, release: () => released.resolve() };
};

let modules: MemoryModules;
let server: GatewayServer;
let url: string;
let first: ReturnType<typeof holdFirstRead>;

beforeEach(async () => {
  modules = memoryModules();
  modules.append(ORDER_ID, created);
  first = holdFirstRead(modules.read);
  server = await startServer(served(modules), { host: '127.0.0.1', port: 0 });
  url = `${server.url.replace('http', 'ws')}/graphql`;
});
afterEach(() => server[Symbol.asyncDispose]());

const open = async () => {
  const { socket, received, subscribe } = await greet(url);
  const complete = (id: string): void => socket.send(JSON.stringify({ type: 'complete', id }));
  return { socket, subscribe, complete, told: () => received.slice(1) };
};

/** Until the server has answered something that it was asked last. */
const settle = async ({ subscribe, told }: Awaited<ReturnType<typeof open>>, last: string): Promise<void> => {
  subscribe(last, '{ __typename }');
  await expect.poll(() => told().filter(({ id }) => id === last)).toHaveLength(2);
};

const nextOf = (type: string) => ({ id: '1', type: 'next', payload: { data: { events: { node: { type } } } } });

describe('an id that is used again', () => {
  it.each([
    ['query', QUERY],
    ['subscription', WATCH],
  ])('tells nothing of the %s that had it before, and ends with what has it now', async (_kind, before) => {
    const client = await open();
    client.subscribe('1', before);
    await first.reached;
    client.complete('1');
    client.subscribe('1', EVENTS);
    await settle(client, 'begun');
    first.release();
    await settle(client, 'released');
    await expect.poll(() => server.openSubscriptions()).toBe(1);
    modules.append(ORDER_ID, reserved);
    await expect.poll(() => client.told().filter(({ id }) => id === '1')).toEqual([nextOf('StockReserved')]);
    client.complete('1');
    await expect.poll(() => server.openSubscriptions()).toBe(0);
    client.socket.terminate();
  });

  it('goes on with what has it now, though what had it was a stream', async () => {
    const client = await open();
    for (let nth = 0; nth < 5; nth += 1) {
      client.subscribe('1', EVENTS);
      await expect.poll(() => server.openSubscriptions()).toBe(1);
      client.complete('1');
    }
    client.subscribe('1', EVENTS);
    await settle(client, 'begun');
    await expect.poll(() => server.openSubscriptions()).toBe(1);
    modules.append(ORDER_ID, requested);
    await expect.poll(() => client.told().filter(({ id }) => id === '1')).toEqual([nextOf('PaymentRequested')]);
    client.complete('1');
    await expect.poll(() => server.openSubscriptions()).toBe(0);
    client.socket.terminate();
  });

  it('closes the WebSocket with 4409 while what has it is active, of whatever length it is', async () => {
    for (const [id, reason] of [
      ['1', 'Subscriber for 1 already exists'],
      ['x'.repeat(200), 'Subscriber already exists'],
    ] as const) {
      const { socket, subscribe } = await open();
      subscribe(id, EVENTS);
      subscribe(id, EVENTS);
      expect(await once(socket, 'close')).toEqual([4409, Buffer.from(reason)]);
    }
  });

  it('is free again once its operation is answered, or refused', async () => {
    const { socket, subscribe, told } = await open();
    for (const [nth, query] of ['{ __typename }', '{ unknown }', '{ __typename }'].entries()) {
      subscribe('1', query);
      await expect.poll(() => told().filter(({ type }) => type !== 'next')).toHaveLength(nth + 1);
    }
    expect(told().map(({ id, type }) => `${id} ${type}`)).toEqual(
      ['next', 'complete', 'error', 'next', 'complete'].map((type) => `1 ${type}`),
    );
    socket.terminate();
  });
});

const idIn = (text: string | null): unknown => (JSON.parse(text ?? 'null') as { id: unknown } | null)?.id;

describe('the ids that graphql-ws is told', () => {
  const subscribe = '{ "type": "subscribe", "id": "a\\"\\u00e9", "payload": { "query": "{ a }", "x": 1e400 } }';

  it('are not those of the client, who is told no others', () => {
    const ids = new OperationIds(expect.unreachable);
    expect(ids.received(`${subscribe}\n`)).toBe(`${subscribe.slice(0, -1)},"id":"1"}`);
    expect(ids.sent('{"id":"1","type":"next","payload":{"id":"1"}}')).toBe(
      '{"id":"a\\"é","type":"next","payload":{"id":"1"}}',
    );
    expect(ids.sent('{"id":"1","type":"complete"}')).toBe('{"id":"a\\"é","type":"complete"}');
    expect(ids.sent('{"id":"1","type":"complete"}')).toBeNull();
    expect(idIn(ids.received(subscribe))).toBe('2');
  });

  it('are of no use to the client', () => {
    const ids = new OperationIds(expect.unreachable);
    ids.received(subscribe);
    expect(ids.received('{"type":"complete","id":"1"}')).toBeNull();
    expect(idIn(ids.received('{"type":"complete","id":"a\\"é"}'))).toBe('1');
  });

  it.each([
    '',
    'null',
    '[]',
    '{',
    '5',
    '{"type":"ping","id":"1"}',
    '{"type":"complete"}',
    '{"type":"subscribe","id":""}',
    '{"type":"subscribe","id":5}',
    '{"type":"next","id":"1","payload":{}}',
  ])('stand in no message of another kind: %s', (text) => {
    const ids = new OperationIds(expect.unreachable);
    expect(ids.received(text)).toBe(text);
  });

  it('stand in nothing that is said of no operation', () => {
    const ids = new OperationIds(expect.unreachable);
    for (const text of ['{"type":"connection_ack"}', '{"type":"pong","payload":{"id":"1","type":"next"}}'])
      expect(ids.sent(text)).toBe(text);
  });
});
