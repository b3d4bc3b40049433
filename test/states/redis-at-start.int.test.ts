import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '../../harness/support/servers.ts';
import { startRedis } from '../../src/servers/index.ts';
import { refusalOf } from './refusal-of.ts';
import { STATES } from './states.ts';

const SECRET = 'hunter2';

let redis: TestRedis;
let database: TestDatabase;
let owner: Redis;
beforeEach(async () => {
  [redis, database] = await Promise.all([testRedis(), testDatabase()]);
  owner = new Redis(redis.url);
});
afterEach(async () => {
  owner.disconnect();
  await redis[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

const refused = async (url = redis.url): Promise<string> => {
  const sentence = await refusalOf({ databaseUrl: database.url, redisUrl: url });
  return sentence
    .replaceAll(/127\.0\.0\.1:\d+/g, '…')
    .replace(/ script: \w+, on @user_script:\d+\./, '')
    .replace(/write EPIPE|read ECONNRESET/, 'ERR max number of clients reached');
};

const asUser = (user: string, password: string): string => {
  const url = new URL(redis.url);
  url.username = user;
  url.password = password;
  return url.href;
};

describe('a Redis that is not as it must be is refused at the start', () => {
  it('a replica', async () => {
    await owner.replicaof('127.0.0.1', 1);
    expect(await refused()).toBe(STATES.replica.start);
  });

  it('memory that is used up', async () => {
    await owner.config('SET', 'maxmemory', '1kb');
    expect(await refused()).toBe(STATES.outOfMemory.start);
  });

  it('fewer replicas than it may write with', async () => {
    await owner.config('SET', 'min-replicas-to-write', '1');
    expect(await refused()).toBe(STATES.fewReplicas.start);
  });

  it('a user who may not do all that panier does', async () => {
    await owner.call('ACL', 'SETUSER', 'shop', 'on', '>test', '~*', '&*', '+@all', '-xgroup');
    expect(await refused(asUser('shop', 'test'))).toBe(STATES.redisRights.start);
  });

  it('cluster mode', async () => {
    const directory = join(mkdtempSync(join(inject('runDirectory'), 'cluster-')), 'redis');
    const settings = { 'cluster-enabled': 'yes' };
    const cluster = await startRedis({ directory, settings, say: () => undefined });
    await using _ = { [Symbol.asyncDispose]: () => cluster.process.stop() };
    expect(await refused(cluster.url)).toBe(STATES.redisCluster.start);
  });

  it('a policy that evicts', async () => {
    await owner.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await refused()).toBe(STATES.redisEviction.start);
  });

  it('a wrong password', async () => {
    expect(await refused(asUser('default', 'wrong'))).toBe(STATES.redisPassword.start);
  });

  it('a database number that there is not', async () => {
    const url = new URL(redis.url);
    url.pathname = '/99';
    expect(await refused(url.href)).toBe(STATES.redisNumber.start);
  });

  it('Sentinels of which none answers', async () => {
    const url = `redis+sentinel://default:${SECRET}@127.0.0.1:1,127.0.0.1:2/mymaster?sentinelPassword=${SECRET}`;
    expect(await refused(url)).toBe(STATES.noSentinel.start);
  });

  it('a cluster of which no node answers', async () => {
    expect(await refused(`redis+cluster://default:${SECRET}@127.0.0.1:1,127.0.0.1:2`)).toBe(STATES.noNode.start);
  });

  it('one Redis that is named as a cluster', async () => {
    expect(await refused(redis.url.replace('redis:', 'redis+cluster:'))).toBe(STATES.noCluster.start);
  });

  it('too many clients', async () => {
    await owner.config('SET', 'maxclients', '1');
    expect(await refused()).toBe(STATES.maxClients.start);
  });
});
