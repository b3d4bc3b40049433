import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { protocolSocket } from './protocol-socket.ts';

let opened = new AsyncDisposableStack();
afterEach(async () => {
  await opened.disposeAsync();
  opened = new AsyncDisposableStack();
});

/** Both ends of a WebSocket; what the client hears. */
const open = async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  opened.defer(() => new Promise<void>((resolve) => server.close(() => resolve())));
  await once(server, 'listening');
  const connected = Promise.withResolvers<{ readonly at: WebSocket; readonly socket: Socket }>();
  server.once('connection', (at, { socket }) => connected.resolve({ at, socket }));
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const heard: string[] = [];
  client.on('message', (text: Buffer) => heard.push(text.toString()));
  const { at, socket } = await connected.promise;
  opened.defer(() => client.terminate());
  const { send } = protocolSocket(at, {
    socket,
    exchange: { kind: 'WebSocket', breakOff: () => at.terminate() },
    facts: {},
    fail: () => at.terminate(),
    pong: async (said) => said,
  });
  return { socket, heard, send };
};

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise(setImmediate);
};

describe('what is sent on a WebSocket', () => {
  it('goes out with what comes right behind it', async () => {
    const { socket, heard, send } = await open();
    await send('one');
    const waiting = socket.writableLength;
    await send('other');
    expect(waiting).toBeGreaterThan(0);
    expect(socket.writableLength).toBeGreaterThan(waiting);
    await until(() => heard.length === 2);
    expect(heard).toEqual(['one', 'other']);
  });

  it('is waited for when it is much', async () => {
    const { socket, heard, send } = await open();
    const sent = Promise.resolve(send('x'.repeat(5_000))).then(() => socket.writableLength);
    await Promise.resolve();
    expect(socket.writableLength).toBeGreaterThan(5_000);
    expect(await sent).toBe(0);
    await until(() => heard.length === 1);
  });
});
