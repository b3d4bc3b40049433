import { once } from 'node:events';
import type { Redis } from 'ioredis';

const valueOf = (info: string, name: string): string | undefined =>
  new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1];

/** Sentences that say what is wrong with this Redis for a bus; none when all is well. @throws when it cannot be reached. */
export const busProblems = async (redis: Redis): Promise<readonly string[]> => {
  // Commands only say that they were given up; the connection says why.
  if (redis.status !== 'ready') await once(redis, 'ready');
  const policy = valueOf(await redis.info('memory'), 'maxmemory_policy');
  if (policy === undefined || policy === 'noeviction') return [];
  return [
    `Redis evicts (maxmemory-policy ${policy}), and would drop events that nobody has read: ` +
      'run CONFIG SET maxmemory-policy noeviction, and put it into redis.conf.',
  ];
};
