import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { procedureUnder, runScript, type Variables } from '../../harness/drills/postgres/index.ts';
import { ClusterSet } from '../../harness/support/cluster/cluster-set.ts';
import { RedisSet } from '../../harness/support/sentinel/redis-set.ts';
import { MASTER } from '../../harness/support/sentinel/sentinel-process.ts';
import { testRedis } from '../../harness/support/servers.ts';

const KEYS = Array.from({ length: 32 }, (_, nth) => `key-${nth}`);

let opened: AsyncDisposableStack;
let directory: string;

beforeEach(() => {
  opened = new AsyncDisposableStack();
  directory = mkdtempSync(join(inject('runDirectory'), 'commands-'));
});
afterEach(() => opened.disposeAsync());

const emptied = procedureUnder('.', 'An emptied Redis');
const fullDisk = procedureUnder('.', 'A full disk');

const carryOut = (text: string, variables: Variables): Promise<string> =>
  runScript('', { text, variables, cwd: '/', as: 'Ourselves' });

const openRedis = async (): Promise<Redis> =>
  opened.adopt(new Redis(opened.use(await testRedis()).url), (each) => each.disconnect());

const urlOf = ({ options: { port, password } }: Redis): string => `redis://default:${password}@127.0.0.1:${port}`;

const openCluster = async (): Promise<ClusterSet> =>
  opened.use(await ClusterSet.open({ directory, nodeTimeoutMs: 2_000 }));

const inCluster = ({ password, nodes }: ClusterSet): Variables => ({
  NODE: `127.0.0.1:${nodes[0]?.port}`,
  REDISCLI_AUTH: password,
});

it('empties a Redis at one address', async () => {
  const redis = await openRedis();
  await redis.set('key', 'kept');
  await carryOut(emptied.commandsWith('-u "$REDIS_URL" FLUSHDB'), { REDIS_URL: urlOf(redis) });
  expect(await redis.dbsize()).toBe(0);
});

it('deletes what has a prefix, and nothing else', async () => {
  const redis = await openRedis();
  for (const key of [...KEYS, 'it\'s "quoted" \\']) await redis.mset(`shop:${key}`, 'ours', `other:${key}`, 'theirs');
  const variables = { REDIS_URL: urlOf(redis), PANIER_REDIS_PREFIX: 'shop:' };
  await carryOut(emptied.commandsWith('PANIER_REDIS_PREFIX'), variables);
  expect(await redis.keys('shop:*')).toEqual([]);
  expect(await redis.dbsize()).toBe(KEYS.length + 1);
});

it('empties the master that Sentinels tell of', async () => {
  const set = opened.use(await RedisSet.open({ directory, replicas: 1, sentinels: 1, downAfterMs: 2_000 }));
  const master = set.clientOf(await set.master());
  await master.set('key', 'kept');
  const sentinel = new URL(set.url.replace(/^redis\+sentinel:\/\/[^@]*@/, 'redis://').replace(/,.*/, ''));
  const SENTINEL = `redis://default:${set.sentinelPassword}@${sentinel.host}`;
  const variables = { SENTINEL, MASTER, DB: '0', REDISCLI_AUTH: set.password };
  await carryOut(emptied.commandsWith('get-master-addr-by-name'), variables);
  expect(await master.dbsize()).toBe(0);
});

it('empties every master of a cluster, and limits the memory of every node', async () => {
  const cluster = await openCluster();
  const variables = inCluster(cluster);
  const masters = await cluster.masters();
  for (const key of KEYS) for (const { client } of masters) await client.set(key, 'kept').catch(() => null);
  expect((await Promise.all(masters.map(({ client }) => client.dbsize()))).every((keys) => keys > 0)).toBe(true);
  await carryOut(emptied.commandsWith('$NODE'), variables);
  expect(await Promise.all(masters.map(({ client }) => client.dbsize()))).toEqual(masters.map(() => 0));
  await carryOut(fullDisk.commandsWith('$NODE'), { ...variables, MAXMEMORY: '100mb' });
  for (const { client } of cluster.nodes) expect(await client.config('GET', 'maxmemory')).toContain('104857600');
});
