import type { Redis } from 'ioredis';
import { Unavailable } from '../../platform/index.ts';
import { ClusterRedis } from './cluster-redis.ts';

/** Whether it is a cluster: of its masters one may be away while the others are not. */
export const hasSeveralMasters = (redis: Redis): boolean => redis instanceof ClusterRedis;

/**
 * Whether a command failed for one master of several alone. A Redis that is another's, and a database that cannot say whose
 * it is, are about all.
 */
export const isOfOneMaster = (redis: Redis, error: Error): boolean =>
  hasSeveralMasters(redis) && !(error instanceof Unavailable);
