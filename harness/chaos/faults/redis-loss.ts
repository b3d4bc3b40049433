import { sleep } from '../../../src/platform/index.ts';
import type { RedisStage, Stage } from '../stage/index.ts';
import { type Fault, seconds } from './fault.ts';

const MAX_DOWN_MS = 5_000;
const LOST_WINDOW_MS = 1_000;

const singleOf = ({ single }: Stage): RedisStage => {
  if (single === null) throw new Error('Redis is a cluster: it has faults of its own.');
  return single;
};

export const redisRestart: Fault = {
  place: 'redis',
  strike: async ({ stage, random }) => {
    const redis = singleOf(stage);
    const downMs = random.between(0, MAX_DOWN_MS);
    await redis.kill();
    await sleep(downMs);
    await redis.restart();
    return `Redis killed, back after ${seconds(downMs)}`;
  },
};

/** The power fails: what Redis had not synchronised, up to a second, is gone. */
export const aofTail: Fault = {
  place: 'redis',
  strike: async ({ stage, random }) => {
    const redis = singleOf(stage);
    const before = redis.appendOnlyBytes;
    await sleep(LOST_WINDOW_MS);
    await redis.kill();
    const offset = Math.round(random.between(before, redis.appendOnlyBytes));
    const lost = await redis.truncateAppendOnly(offset);
    await redis.restart();
    return lost === 0 ? null : `Redis lost the last ${lost} bytes of its append-only file`;
  },
};

export const flushall: Fault = {
  place: 'redis',
  strike: async ({ stage }) => {
    const redis = singleOf(stage);
    await redis.client.flushall();
    return 'FLUSHALL';
  },
};

export const failover: Fault = {
  place: 'redis',
  strike: async ({ stage, random }) => {
    const redis = singleOf(stage);
    const lagMs = random.between(0, LOST_WINDOW_MS);
    await redis.failOver(lagMs);
    for (const { options } of stage.members) options.links.redis.reset();
    return `a replica ${seconds(lagMs)} behind was promoted`;
  },
};

export const oom: Fault = {
  place: 'redis',
  strike: async ({ stage, random }) => {
    const redis = singleOf(stage);
    const ms = random.between(2_000, 8_000);
    await redis.client.config('SET', 'maxmemory', '1mb');
    await sleep(ms);
    await redis.client.config('SET', 'maxmemory', '0');
    return `Redis was out of memory for ${seconds(ms)}`;
  },
};
