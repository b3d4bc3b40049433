import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { sleep } from '../platform/index.ts';
import { busServerProblems } from './index.ts';

it('waits no longer for a server that is left before it was ready', async () => {
  await using silent = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const redis = new Redis({ port: (silent.address() as AddressInfo).port, disableClientInfo: true });
  const problems = busServerProblems(redis).catch((error: Error) => error.message);
  await once(redis, 'connect');
  redis.disconnect();
  expect(await Promise.race([problems, sleep(2_000)])).toBe('Redis is away: the connection was closed');
  expect(await busServerProblems(redis).catch((error: Error) => error.message)).toContain('the connection was closed');
});
