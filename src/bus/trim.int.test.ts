import type { Redis } from 'ioredis';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testRedis } from '../../harness/support/servers.ts';
import { openRedis } from './redis.ts';
import { compareEntryIds, handledBelow, trimStream } from './trim.ts';

const STREAM = 'stream';

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
  for (let nth = 1; nth <= 50; nth += 1) await redis.xadd(STREAM, `${nth}-0`, 'nth', nth);
  for (const group of ['one', 'two']) await redis.xgroup('CREATE', STREAM, group, '0');
});

const handle = async (group: string, count: number, unacknowledged: readonly string[] = []) => {
  await redis.xreadgroup('GROUP', group, 'me', 'COUNT', count, 'STREAMS', STREAM, '>');
  const rows = (await redis.xpending(STREAM, group, '-', '+', count)) as [string][];
  const done = rows.map(([id]) => id).filter((id) => !unacknowledged.includes(id));
  await redis.xack(STREAM, group, ...done);
};

const both = ['one', 'two'];
const firstLeft = async () => (await redis.xrange(STREAM, '-', '+', 'COUNT', 1))[0]?.[0];

describe('what every group has handled', () => {
  it('ends before the first entry that one of them has not been given', async () => {
    expect(await handledBelow(redis, STREAM, both)).toBe('0-1');
    await handle('one', 30);
    expect(await handledBelow(redis, STREAM, both)).toBe('0-1');
    await handle('two', 20);
    expect(await handledBelow(redis, STREAM, both)).toBe('20-1');
  });

  it('ends before the first entry that one of them has not acknowledged', async () => {
    await handle('one', 30);
    await handle('two', 20, ['7-0', '15-0']);
    expect(await handledBelow(redis, STREAM, both)).toBe('7-0');
  });

  it('counts groups that nobody expected', async () => {
    await handle('one', 30);
    expect(await handledBelow(redis, STREAM, ['one'])).toBe('0-1');
  });

  it('is unknown while an expected group, or the stream, is missing', async () => {
    expect(await handledBelow(redis, STREAM, [...both, 'three'])).toBeNull();
    expect(await handledBelow(redis, 'no stream', [])).toBeNull();
  });
});

describe('trimming', () => {
  it('leaves whatever a group has not handled', async () => {
    await handle('one', 50);
    await handle('two', 30, ['12-0']);
    const handledId = (await handledBelow(redis, STREAM, both)) ?? '';
    expect(await trimStream(redis, STREAM, { handledId, retention: 10 })).toBe(11);
    expect(await firstLeft()).toBe('12-0');
  });

  it('leaves a stream that is not longer than it may be', async () => {
    expect(await trimStream(redis, STREAM, { handledId: '51-0', retention: 50 })).toBe(0);
  });

  it('leaves what is fresh', async () => {
    const fresh = await redis.xadd(STREAM, '*', 'nth', 'fresh');
    expect(await trimStream(redis, STREAM, { handledId: '99999999999999-0', retention: 10 })).toBe(50);
    expect(await firstLeft()).toBe(fresh);
  });
});

describe('entry ids', () => {
  it('are compared as numbers', () => {
    expect(compareEntryIds('9-0', '10-0')).toBe(-1);
    expect(compareEntryIds('10-9', '10-10')).toBe(-1);
    expect(compareEntryIds('18446744073709551615-1', '18446744073709551614-2')).toBe(1);
    expect(compareEntryIds('5-1', '5-1')).toBe(0);
  });
});
