import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { ownSleep } from '../../../harness/support/own-time.ts';
import { AS_OPERATOR } from '../../../harness/support/tokens.ts';
import type { Limits } from '../../platform/index.ts';
import { ORDER_ID } from '../testing/memory-events.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { greet } from './raw-socket.fixture.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { sendBytes, statusesIn } from './testing/raw-bytes.ts';
import { ask } from './testing/raw-request.ts';

/** An answer of two megabytes, which costs little: so many are more than the systems' buffers on both sides hold. */
const LARGE = '{ events(first: 100) { edges { node { data } } } }';
const REASON = 'x'.repeat(20_000);
const ANSWERS = 12;

let server: GatewayServer;
afterEach(() => server[Symbol.asyncDispose]());

const serve = async (limits: Partial<Limits>): Promise<string> => {
  const modules = memoryModules();
  const cancelled = { type: 'OrderCancelled', data: { orderId: ORDER_ID, reason: REASON } } as const;
  modules.append(ORDER_ID, ...Array.from({ length: 100 }, () => cancelled));
  const parts = served(modules);
  server = await startServer(parts, { host: '127.0.0.1', port: 0, limits });
  return `${server.url.replace('http', 'ws')}/graphql`;
};

const codeOf = async (socket: WebSocket): Promise<number> => {
  const [code] = (await once(socket, 'close')) as [number];
  return code;
};

/** A WebSocket that asks for much, and reads nothing of it. */
const unreadSocket = async (url: string): Promise<WebSocket> => {
  const { socket, subscribe } = await greet(url);
  socket.pause();
  for (let nth = 0; nth < ANSWERS; nth += 1) subscribe(String(nth), LARGE);
  return socket;
};

/** A connection that asks for as much as anybody lets it, one request after the other, and reads nothing. */
const unreadConnection = async (headers: string): Promise<Socket> => {
  const { port, hostname } = new URL(server.url);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  await once(socket, 'connect');
  const body = JSON.stringify({ query: LARGE });
  const { authorization } = AS_OPERATOR;
  const from = `host: localhost\r\nauthorization: ${authorization}\r\n${headers}content-type: application/json\r\n`;
  const head = `POST /graphql HTTP/1.1\r\n${from}`;
  socket.write(`${head}content-length: ${body.length}\r\n\r\n${body}`.repeat(ANSWERS));
  return socket.pause();
};

const openConnections = (): number => server.openConnections();

it('a WebSocket for which too much waits is told that it reads too slowly, and may come again', async () => {
  const socket = await unreadSocket(await serve({ connectionBuffer: 1_000_000 }));
  // By now it is cut off, and has five seconds to come to the code.
  await ownSleep(1_500);
  const code = codeOf(socket);
  socket.resume();
  expect(await code).toBe(1013);
}, 15_000);

it('a WebSocket that never reads is cut off, though it answers pings that it has not seen', async () => {
  const socket = await unreadSocket(await serve({ connectionBuffer: 1_000_000 }));
  const pongs = setInterval(() => socket.pong(), 50);
  await expect.poll(openConnections, { timeout: 12_000 }).toBe(0);
  clearInterval(pongs);
  socket.terminate();
}, 15_000);

it.each(['', 'accept: text/event-stream\r\n'])(
  'answers that nobody reads are given up in time (%j)',
  async (headers) => {
    await serve({ stalledSeconds: 1 });
    const socket = await unreadConnection(headers);
    expect(openConnections()).toBe(1);
    await expect.poll(openConnections, { timeout: 8_000 }).toBe(0);
    socket.destroy();
  },
  10_000,
);

it('a process holds no more than it may for all who do not read, and cuts off those who let most pile up', async () => {
  const url = await serve({ processBuffer: 3_000_000 });
  const reader = await greet(url);
  const sockets = await Promise.all(Array.from({ length: 3 }, () => unreadSocket(url)));
  await expect.poll(openConnections, { timeout: 15_000 }).toBeLessThan(4);
  reader.subscribe('1', '{ __typename }');
  await expect.poll(() => reader.received.filter(({ id }) => id === '1')).toHaveLength(2);
  for (const socket of [reader.socket, ...sockets]) socket.terminate();
}, 25_000);

it('a WebSocket that sends too many frames, or too much, is closed with 1008', async () => {
  const url = await serve({ framesPerSecond: 20, frameBytesPerSecond: 50_000 });
  const pinging = await greet(url);
  for (let nth = 0; nth < 30; nth += 1) pinging.socket.ping();
  expect(await codeOf(pinging.socket)).toBe(1008);
  const talking = await greet(url);
  talking.subscribe('1', `{ __typename } #${'x'.repeat(60_000)}`);
  expect(await codeOf(talking.socket)).toBe(1008);
});

it('an address has no more connections than it may', async () => {
  await serve({ connectionsPerAddress: 2 });
  const open = [await greet(`${server.url.replace('http', 'ws')}/graphql`)];
  open.push(await greet(`${server.url.replace('http', 'ws')}/graphql`));
  const request = 'GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n';
  expect(statusesIn((await sendBytes(server.url, request)).received)).toEqual([503]);
  open[0]?.socket.terminate();
  await expect.poll(async () => statusesIn((await sendBytes(server.url, request)).received)).toEqual([200]);
  open[1]?.socket.terminate();
});

it('what is asked on a connection that is refused is not carried out', async () => {
  let createdCarts = 0;
  const createCart = async () => {
    createdCarts += 1;
    throw new Error('This test keeps no carts.');
  };
  const limits = { connectionsPerAddress: 1 };
  server = await startServer(served(memoryModules({ write: { createCart } })), { host: '127.0.0.1', port: 0, limits });
  const { socket, received, subscribe } = await greet(`${server.url.replace('http', 'ws')}/graphql`);
  const body = JSON.stringify({ query: 'mutation { createCart { __typename } }' });
  const head = `POST /graphql HTTP/1.1\r\nhost: localhost\r\nauthorization: ${AS_OPERATOR.authorization}\r\n`;
  const mutation = `${head}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  expect(statusesIn((await sendBytes(server.url, mutation)).received)).toEqual([503]);
  subscribe('1', '{ __typename }');
  await expect.poll(() => received.filter(({ id }) => id === '1')).toHaveLength(2);
  expect(createdCarts).toBe(0);
  socket.terminate();
  await expect.poll(openConnections).toBe(0);
  await sendBytes(server.url, mutation, 500);
  expect(createdCarts).toBe(1);
});

const post = (bytes: number) =>
  ask(server.url, { body: JSON.stringify({ query: `{ __typename } #${'x'.repeat(bytes)}` }) });

it('a body, or a message, of more bytes than it may have is refused', async () => {
  const url = await serve({ bodyBytes: 2_000, messageBytes: 3_000 });
  expect([(await post(1_900)).status, (await post(2_000)).status]).toEqual([200, 413]);
  const { socket, subscribe } = await greet(url);
  subscribe('1', `{ __typename } #${'x'.repeat(3_000)}`);
  expect(await codeOf(socket)).toBe(1009);
});
