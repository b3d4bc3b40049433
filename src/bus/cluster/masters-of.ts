import type { Redis } from 'ioredis';
import { ClusterRedis } from './cluster-redis.ts';

/** A connection to each server that takes writes: the masters of a cluster, or the one there is. */
export const mastersOf = async (redis: Redis): Promise<readonly Redis[]> =>
  redis instanceof ClusterRedis ? redis.masters() : [redis];
