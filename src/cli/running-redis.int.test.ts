import { expect, it } from 'vitest';
import { testRedis } from '../../harness/support/servers.ts';
import { openRedis } from '../bus/index.ts';
import { StartupError } from '../startup/index.ts';
import { refuseUnfit } from './running-redis.ts';

it('a Redis that panier could not work with, or that cannot be reached, is refused in words', async () => {
  await using opened = new AsyncDisposableStack();
  const server = opened.use(await testRedis());
  const redis = opened.adopt(openRedis(server.url), (connection) => connection.disconnect());
  expect(await refuseUnfit(redis)).toBeUndefined();
  await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
  const refusal = () => refuseUnfit(redis).catch((error: unknown) => error);
  expect(await refusal()).toBeInstanceOf(StartupError);
  expect(String(await refusal())).toContain('maxmemory-policy');
  await server.kill();
  expect(await refusal()).toBeInstanceOf(StartupError);
  expect(String(await refusal())).toContain('Redis cannot be reached: ');
});
