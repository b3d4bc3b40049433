import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestRedis, testRedis } from '../../harness/support/servers.ts';
import { openRedis } from './redis.ts';
import { redisServerState } from './server-state.ts';

let opened: AsyncDisposableStack;
let server: TestRedis;
let redis: ReturnType<typeof openRedis>;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  server = opened.use(await testRedis());
  redis = opened.adopt(openRedis(server.url), (connection) => connection.disconnect());
});
afterAll(() => opened.disposeAsync());

it('says how much Redis uses, of what it may use', async () => {
  await redis.config('SET', 'maxmemory', '50mb');
  const { usedBytes, maxBytes } = await redisServerState(redis);
  expect(maxBytes).toBe(50 * 2 ** 20);
  expect(usedBytes).toBeGreaterThan(100_000);
  await redis.config('SET', 'maxmemory', '0');
  expect((await redisServerState(redis)).maxBytes).toBeGreaterThan(200 * 2 ** 20);
});

it('says what Redis could write to its disk last, of what it keeps there', async () => {
  await redis.config('SET', 'appendonly', 'no');
  expect(await redisServerState(redis)).toMatchObject({ aofBytes: null, written: [{ what: 'rdb', ok: true }] });
  await redis.config('SET', 'appendonly', 'yes');
  const { aofBytes, written } = await redisServerState(redis);
  expect(written.map(({ what }) => what)).toEqual(['aof', 'aof_rewrite', 'rdb']);
  expect(aofBytes).not.toBe(null);
});
