import type { Redis } from 'ioredis';
import { ClusterRedis } from './cluster-redis.ts';

/** A connection to each server that takes writes: the masters of a cluster, or the one there is. */
export const mastersOf = async (redis: Redis): Promise<readonly Redis[]> =>
  redis instanceof ClusterRedis ? redis.masters() : [redis];

/** @throws why the first one does not answer, where none does: whoever asks is cut off, or all are away. */
export const reachAnyMaster = async (redis: Redis): Promise<string> => {
  const answers = (await mastersOf(redis)).map((master) => master.ping());
  return Promise.any(answers).catch((error: AggregateError) => {
    throw error.errors[0];
  });
};
