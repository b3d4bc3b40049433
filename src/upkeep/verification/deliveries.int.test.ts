import type { Redis } from 'ioredis';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testRedis } from '../../../harness/support/servers.ts';
import { openRedis } from '../../bus/index.ts';
import { findingOf } from './check.ts';
import { unhandledIn } from './deliveries.ts';

const STREAM = 'stream';
const GROUP = 'group';
const GRACE_SECONDS = 60;

let redis: Redis;

beforeAll(async () => {
  const server = await testRedis();
  redis = openRedis(server.url);
  return async () => {
    redis.disconnect();
    await server[Symbol.asyncDispose]();
  };
});
beforeEach(() => redis.flushall());

/** An entry that was added so long ago, and given to the group a moment ago. */
const deliverAddedBefore = async (seconds: number): Promise<string> => {
  const [now] = await redis.time();
  const id = `${(Number(now) - seconds) * 1_000}-0`;
  await redis.xadd(STREAM, id, 'nth', 1);
  await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM');
  await redis.xreadgroup('GROUP', GROUP, 'one', 'COUNT', 1, 'STREAMS', STREAM, '>');
  return id;
};

const found = () => unhandledIn({ redis, graceSeconds: GRACE_SECONDS, groups: new Map([[STREAM, [GROUP]]]) });

describe('an entry that a group was given', () => {
  it('is found when it has failed for longer than the grace, though it was delivered again a moment ago', async () => {
    const id = await deliverAddedBefore(180);
    // Whoever claims it begins its idle time anew; so do the deliveries after that.
    await redis.xclaim(STREAM, GROUP, 'two', 0, id);
    expect(await found()).toEqual([
      {
        name: `${STREAM} ${id} ${GROUP}`,
        detail: expect.stringMatching(/^with two, delivery 2, added 18[0-9] s ago$/) as string,
      },
    ]);
    await redis.xack(STREAM, GROUP, id);
    expect(await found()).toEqual([]);
  });

  it('is found when somebody holds it for longer, whatever its id says', async () => {
    const id = await deliverAddedBefore(-3_600);
    await redis.xclaim(STREAM, GROUP, 'two', 0, id, 'IDLE', 61_000);
    expect((await found()).map(({ name }) => name)).toEqual([`${STREAM} ${id} ${GROUP}`]);
  });

  it('is not found while it is young', async () => {
    await deliverAddedBefore(30);
    expect(await found()).toEqual([]);
  });
});

describe('an entry that a group was not given', () => {
  it('is found once it is older than the grace', async () => {
    await deliverAddedBefore(180);
    const [now] = await redis.time();
    await redis.xadd(STREAM, `${(Number(now) - 120) * 1_000}-0`, 'nth', 2);
    await redis.xadd(STREAM, '*', 'nth', 3);
    expect((await found()).map(({ detail }) => detail)).toEqual([
      'not delivered',
      expect.stringMatching(/^with one, delivery 1/) as string,
    ]);
  });
});

describe('more entries than are named', () => {
  it('are counted as more', async () => {
    await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM');
    const [now] = await redis.time();
    const id = (Number(now) - 180) * 1_000;
    await Promise.all(Array.from({ length: 1_100 }, (_, nth) => redis.xadd(STREAM, `${id}-${nth + 1}`, 'nth', nth)));
    const undelivered = findingOf(await found(), null);
    expect(undelivered.count).toBeGreaterThan(undelivered.offenders.length);
    await redis.xreadgroup('GROUP', GROUP, 'one', 'COUNT', 1_100, 'STREAMS', STREAM, '>');
    const pending = findingOf(await found(), null);
    expect(pending.count).toBeGreaterThan(pending.offenders.length);
  });
});
