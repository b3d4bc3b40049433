import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { guardSocket } from './guard-socket.ts';

it('ends a socket whose reader throws, with what was thrown', async () => {
  const server = createServer((client) => client.end('nonsense')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = guardSocket(connect((server.address() as AddressInfo).port, '127.0.0.1'));
  const failure = new Error('cannot be read');
  const failures: unknown[] = [];
  socket.on('error', (error) => failures.push(error));
  socket.on('data', () => {
    throw failure;
  });
  await expect.poll(() => failures).toEqual([expect.objectContaining({ name: 'NonsenseReceived', cause: failure })]);
  expect(socket.destroyed).toBe(true);
  server.close();
});
