import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestRedis, testRedis } from '../../harness/support/servers.ts';
import { newestTimeline, TIMELINE_KEYS, takeTimeline } from './timeline.ts';

let server: TestRedis;
let redis: Redis;

beforeAll(async () => {
  server = await testRedis();
  redis = new Redis(server.url);
});
afterAll(async () => {
  redis.disconnect();
  await server[Symbol.asyncDispose]();
});

describe('the timeline that Redis keeps of a server', () => {
  it('is the newest that anybody told of', async () => {
    const told = [2, 1, 3, 2].map((timeline) => newestTimeline(redis, { system: 'a', timeline }));
    expect(await Promise.all(told)).toEqual([2, 2, 3, 3]);
  });

  it('is not that of another server', async () => {
    expect(await newestTimeline(redis, { system: 'b', timeline: 1 })).toBe(1);
  });

  it('is set back by an operator alone', async () => {
    await takeTimeline(redis, { system: 'a', timeline: 1 });
    expect(await newestTimeline(redis, { system: 'a', timeline: 2 })).toBe(2);
  });

  it('counts as lost where something else stands', async () => {
    await redis.set(`${TIMELINE_KEYS}:c`, 'junk');
    expect(await newestTimeline(redis, { system: 'c', timeline: 4 })).toBe(4);
    await redis.lpush(`${TIMELINE_KEYS}:d`, 'junk');
    expect(await newestTimeline(redis, { system: 'd', timeline: 4 })).toBe(4);
  });
});
