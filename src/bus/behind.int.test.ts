import type { Redis } from 'ioredis';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testRedis } from '../../harness/support/servers.ts';
import { isGroupBehind } from './behind.ts';
import { openRedis } from './redis.ts';

const STREAM = 'stream';
const MINUTE_MS = 60_000;

let redis: Redis;

beforeAll(async () => {
  const server = await testRedis();
  redis = openRedis(server.url);
  return async () => {
    redis.disconnect();
    await server[Symbol.asyncDispose]();
  };
});

beforeEach(async () => {
  await redis.flushall();
  for (let nth = 1; nth <= 3; nth += 1) await redis.xadd(STREAM, `${nth}-0`, 'nth', nth);
  await redis.xgroup('CREATE', STREAM, 'group', '0');
});

const isBehind = (group = 'group') => isGroupBehind(redis, { stream: STREAM, group }, MINUTE_MS);
const read = () => redis.xreadgroup('GROUP', 'group', 'me', 'STREAMS', STREAM, '>');
const acknowledge = (...ids: readonly string[]) => redis.xack(STREAM, 'group', ...ids);

describe('a group', () => {
  it('is behind while it has not read an old entry', async () => {
    expect(await isBehind()).toBe(true);
  });

  it('is behind while it has not acknowledged an old entry', async () => {
    await read();
    await acknowledge('1-0', '3-0');
    expect(await isBehind()).toBe(true);
    await acknowledge('2-0');
    expect(await isBehind()).toBe(false);
  });

  it('is not behind with an entry that was added a moment ago', async () => {
    await read();
    await acknowledge('1-0', '2-0', '3-0');
    await redis.xadd(STREAM, '*', 'nth', 4);
    expect(await isBehind()).toBe(false);
    await read();
    expect(await isBehind()).toBe(false);
  });

  it('does not wait for what was deleted before it read it', async () => {
    await redis.xtrim(STREAM, 'MAXLEN', 0);
    expect(await isBehind()).toBe(false);
  });

  it.each(['string', 'list', 'hash'])('is not behind with what is no stream, but a %s', async (type) => {
    await redis.del(STREAM);
    if (type === 'string') await redis.set(STREAM, 'no stream');
    if (type === 'list') await redis.rpush(STREAM, 'no stream');
    if (type === 'hash') await redis.hset(STREAM, 'no', 'stream');
    expect(await isBehind()).toBe(false);
  });

  it('is behind as long as it is not there, or its stream', async () => {
    expect(await isBehind('another')).toBe(true);
    await redis.del(STREAM);
    expect(await isBehind()).toBe(true);
  });
});
