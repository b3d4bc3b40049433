import { once } from 'node:events';
import type { Redis } from 'ioredis';
import { ClusterRedis } from './cluster/cluster-redis.ts';
import { leftRedis } from './redis-away.ts';

const OLDEST = [6, 2] as const;

const valueOf = (info: string, name: string): string | undefined =>
  new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1];

const isOld = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
};

const versionProblems = (info: string): readonly string[] => {
  const version = valueOf(info, 'redis_version')?.trim();
  if (version === undefined || !isOld(version)) return [];
  return [
    `Redis ${version} is too old: it lacks XPENDING … IDLE and SET … GET, with which lost entries are found. ` +
      `Upgrade it to ${OLDEST.join('.')} or newer.`,
  ];
};

const evictionProblems = (info: string): readonly string[] => {
  const policy = valueOf(info, 'maxmemory_policy');
  if (policy === undefined || policy === 'noeviction') return [];
  return [
    `Redis evicts (maxmemory-policy ${policy}), and would drop events that nobody has read: ` +
      'run CONFIG SET maxmemory-policy noeviction, and put it into redis.conf.',
  ];
};

const modeProblems = (info: string): readonly string[] => {
  if (valueOf(info, 'redis_mode') !== 'cluster') return [];
  return [
    'Redis runs in cluster mode: let REDIS_URL begin with redis+cluster:// (or rediss+cluster://), and name its nodes.',
  ];
};

const roleProblems = (info: string): readonly string[] => {
  if (valueOf(info, 'role') !== 'slave') return [];
  return ['This Redis is a replica, and takes no writes: set REDIS_URL to the primary, or promote this one.'];
};

const TRIED = 'panier:tried';

// Whatever panier does to a stream and its mark, on a key of its own. The first step takes memory: a script that has written
// already may go beyond it.
const TRY = `
  local id = redis.call('XADD', KEYS[1], '*', 'a', 'b')
  redis.call('XGROUP', 'CREATE', KEYS[1], 'panier', '0', 'MKSTREAM')
  redis.call('XREADGROUP', 'GROUP', 'panier', 'panier', 'COUNT', 1, 'STREAMS', KEYS[1], '>')
  redis.call('XPENDING', KEYS[1], 'panier', '-', '+', 1)
  redis.call('XCLAIM', KEYS[1], 'panier', 'panier', 0, id)
  redis.call('XACK', KEYS[1], 'panier', id)
  redis.call('XRANGE', KEYS[1], '-', '+')
  redis.call('XINFO', 'GROUPS', KEYS[1])
  redis.call('XTRIM', KEYS[1], 'MINID', '0-1')
  redis.call('DEL', KEYS[1])
  redis.call('SET', KEYS[1], redis.call('TIME')[1])
  redis.call('GET', KEYS[1])
  redis.call('TYPE', KEYS[1])
  redis.call('DEL', KEYS[1])
  return redis.call('XLEN', KEYS[1])`;

const remedyOf = (message: string): string =>
  message.includes('NOREPLICAS')
    ? 'start as many replicas as its min-replicas-to-write asks for, or lower that'
    : 'give it memory and disk, and its user all commands on all keys and channels';

/** What no setting tells: memory that is used up, a disk that is full, a user who may not. Tried, not guessed. */
const trialProblems = async (redis: Redis): Promise<readonly string[]> => {
  try {
    await redis.eval(TRY, 1, TRIED);
    await redis.publish(`${redis.options.keyPrefix ?? ''}${TRIED}`, '');
    return [];
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    return [`Redis does not take what panier writes (${message}): ${remedyOf(message)}.`];
  }
};

/** @throws when it cannot be connected to, or is left meanwhile: a node may be no master any more. */
const untilReady = async (redis: Redis): Promise<void> => {
  if (redis.status === 'ready') return;
  const waited = new AbortController();
  const { signal } = waited;
  const left = async (): Promise<never> => {
    if (redis.status !== 'end') await once(redis, 'end', { signal });
    throw leftRedis();
  };
  try {
    await Promise.race([once(redis, 'ready', { signal }), left()]);
  } finally {
    waited.abort();
  }
};

const serverProblems = async (redis: Redis): Promise<readonly string[]> => {
  // Commands only say that they were given up; the connection says why.
  await untilReady(redis);
  const [memory, replication] = [await redis.info('memory'), await redis.info('replication')];
  return [...versionProblems(await redis.info('server')), ...roleProblems(replication), ...evictionProblems(memory)];
};

/** Sentences that say what is wrong with what this Redis is; none when all is well. @throws when it cannot be reached. */
export const busServerProblems = async (redis: Redis): Promise<readonly string[]> => {
  if (!(redis instanceof ClusterRedis))
    return [...(await serverProblems(redis)), ...modeProblems(await redis.info('server'))];
  const problems = (await redis.masters()).map(serverProblems);
  return [...new Set((await Promise.all(problems)).flat())];
};

/** As {@link busServerProblems}, and what only a trial tells of whoever may do everything. */
export const busProblems = async (redis: Redis): Promise<readonly string[]> => {
  const problems = await busServerProblems(redis);
  return problems.length > 0 ? problems : trialProblems(redis);
};
