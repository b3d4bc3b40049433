import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { tokenOf } from '../../../harness/support/tokens.ts';
import { sleep } from '../../platform/index.ts';
import { ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';

const STREAMS = 3;
const BODY = JSON.stringify({ query: `subscription { orderStatus(orderId: "${ORDER_ID}") { cursor } }` });
const HEADERS = { accept: 'text/event-stream', 'content-type': 'application/json' };

let server: GatewayServer;
afterEach(() => server[Symbol.asyncDispose]());

/** A server whose gate waits to be told to decide. */
const serve = async (told: Promise<void> = Promise.resolve()): Promise<void> => {
  const modules = memoryModules();
  const { created, reserved } = orderEvents('ada');
  modules.append(ORDER_ID, created, reserved);
  const { visits, ...access } = modules.access;
  const verify: typeof visits.verify = async () => told.then(() => null);
  const parts = served({ ...modules, access: { ...access, visits: { ...visits, verify } } });
  const limits = { eventStreams: STREAMS, connectionsPerCustomer: STREAMS };
  server = await startServer(parts, { host: '127.0.0.1', port: 0, limits });
};

const requestOf = (token: string): string =>
  [
    'POST /graphql HTTP/1.1',
    'host: localhost',
    ...Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}`),
    `authorization: Bearer ${token}`,
    `content-length: ${BODY.length}`,
    '',
    BODY,
  ].join('\r\n');

const openSocket = async (): Promise<Socket> => {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

const statusOfStream = async (token: string): Promise<number> => {
  const leaving = new AbortController();
  const headers = { ...HEADERS, authorization: `Bearer ${token}` };
  const { status } = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers,
    body: BODY,
    signal: leaving.signal,
  });
  leaving.abort();
  return status;
};

describe('an event stream', () => {
  it('whose client has gone before it began is not counted', async () => {
    const told = Promise.withResolvers<void>();
    await serve(told.promise);
    const token = await tokenOf({ role: 'customer', subject: 'ada' });
    const sockets = await Promise.all(Array.from({ length: STREAMS }, openSocket));
    for (const socket of sockets) socket.write(requestOf(token));
    await sleep(50);
    for (const socket of sockets) socket.resetAndDestroy();
    await expect.poll(() => server.openConnections()).toBe(0);
    told.resolve();
    await sleep(50);
    expect(server.openSubscriptions()).toBe(0);
    expect(await statusOfStream(token)).toBe(200);
    await expect.poll(() => server.openSubscriptions()).toBe(0);
  });

  it('that waits behind another one is not begun, and so not counted when their connection closes', async () => {
    await serve();
    const token = await tokenOf({ role: 'customer', subject: 'ada' });
    const socket = await openSocket();
    socket.write(requestOf(token).repeat(STREAMS));
    await expect.poll(() => server.openSubscriptions()).toBeGreaterThan(0);
    await sleep(50);
    expect(server.openSubscriptions()).toBe(1);
    socket.resetAndDestroy();
    await expect.poll(() => server.openSubscriptions()).toBe(0);
    expect(await statusOfStream(token)).toBe(200);
  });
});
