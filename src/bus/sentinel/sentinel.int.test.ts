import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { eventually } from '../../../harness/support/eventually.ts';
import { RedisSet } from '../../../harness/support/sentinel/redis-set.ts';
import { SentinelProcess } from '../../../harness/support/sentinel/sentinel-process.ts';
import { ignored, sleep } from '../../platform/index.ts';
import { openRedis } from '../index.ts';
import { openRedisStreamGroup } from '../redis-stream-group.ts';

const MEMBERSHIP = { group: 'readers', consumer: 'reader-1' };

let opened: AsyncDisposableStack;
let directory: string;
let set: RedisSet;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  directory = mkdtempSync(join(inject('runDirectory'), 'sentinel-'));
  set = opened.use(await RedisSet.open({ directory, replicas: 1, sentinels: 1, downAfterMs: 300 }));
});

afterAll(() => opened.disposeAsync());

/** What was answered in that time, refusals left out. */
const answersWithin = async (ms: number, ask: () => Promise<unknown>): Promise<readonly unknown[]> => {
  const answers: unknown[] = [];
  for (const untilMs = performance.now() + ms; performance.now() < untilMs; await sleep(20))
    await ask().then((answer) => answers.push(answer), ignored);
  return answers;
};

describe('a Redis behind Sentinels', () => {
  it('is left when another one is promoted, though it is only frozen, by readers that wait there, too', async () => {
    const frozen = await set.master();
    const redis = opened.adopt(openRedis(set.url), (each) => each.disconnect());
    const group = opened.adopt(openRedisStreamGroup(set.url, MEMBERSHIP), (each) => each.close());
    await group.ensureGroup('orders', '0');
    const waiting = group.readNew({ streams: ['orders'], count: 1, blockMs: 60_000 }).catch(() => 'given up');
    await eventually(() => redis.ping());
    // What comes behind the group in the master's history has reached the replica: it has the group.
    await redis.set('behind', 'the group');
    expect(await redis.wait(1, 4_000)).toBe(1);
    const left = once(redis, 'close');
    set.signal(frozen, 'SIGSTOP');
    const promoted = await set.untilMasterIsNot(frozen);
    await left;
    expect(await waiting).toBe('given up');
    set.signal(frozen, 'SIGCONT');
    await eventually(() => redis.xadd('orders', '*', 'a', 'b'));
    expect(await set.clientOf(promoted).xlen('orders')).toBe(1);
    expect(await set.clientOf(frozen).xlen('orders')).toBe(0);
    const read = await eventually(() => group.readNew({ streams: ['orders'], count: 1, blockMs: 100 }));
    expect(read.map(({ fields }) => fields)).toEqual([['a', 'b']]);
  });

  it('is left when it is demoted by hand, and not read either before it is master again', async () => {
    const port = await set.master();
    const redis = opened.adopt(openRedis(set.url), (each) => each.disconnect());
    await eventually(() => redis.set('basket', 'full'));
    await set.clientOf(port).replicaof('127.0.0.1', 1);
    await expect(redis.set('basket', 'empty')).rejects.toThrow('READONLY');
    expect(await answersWithin(500, () => redis.get('basket'))).toEqual([]);
    await set.clientOf(port).replicaof('NO', 'ONE');
    expect(await eventually(() => redis.get('basket'))).toBe('full');
  });

  it('is whom the Sentinel tells that has seen more failovers, and not whom the first one tells', async () => {
    const { password, sentinelPassword } = set;
    const ofAnother = { directory, masterPort: 1, password, sentinelPassword, quorum: 1, downAfterMs: 60_000 };
    await using behind = await SentinelProcess.start(ofAnother);
    const itself = openRedis(`redis://:${sentinelPassword}@127.0.0.1:${behind.port}`);
    opened.adopt(itself, (each) => each.disconnect());
    await eventually(() => itself.ping());
    const url = set.url.replace('@', `@127.0.0.1:${behind.port},`);
    const redis = opened.adopt(openRedis(url), (each) => each.disconnect());
    expect(await eventually(() => redis.client('INFO'))).toContain(`laddr=127.0.0.1:${await set.master()}`);
  });

  it('says why it cannot be found', async () => {
    const wrong = set.url.replace('/panier-redis', '/another');
    const redis = opened.adopt(openRedis(wrong), (each) => each.disconnect());
    const { promise, resolve } = Promise.withResolvers<string>();
    redis.on('error', (error: Error) => resolve(error.message));
    expect(await promise).toMatch(
      /^No Sentinel says which Redis is master of another: 127\.0\.0\.1:\d+: ERR No such master with that name$/,
    );
    await expect(redis.ping()).rejects.toThrow(/max retries|closed/i);
  });
});
