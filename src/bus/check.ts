import { once } from 'node:events';
import type { Redis } from 'ioredis';

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

/** Sentences that say what is wrong with this Redis for a bus; none when all is well. @throws when it cannot be reached. */
export const busProblems = async (redis: Redis): Promise<readonly string[]> => {
  // Commands only say that they were given up; the connection says why.
  if (redis.status !== 'ready') await once(redis, 'ready');
  return [...versionProblems(await redis.info('server')), ...evictionProblems(await redis.info('memory'))];
};
