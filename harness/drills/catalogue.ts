import type { Drill } from './drill.ts';
import { poisonedType } from './poisoned-type/index.ts';
import { postgresFailover } from './postgres-failover/index.ts';
import { redisFailover } from './redis-failover/index.ts';
import { restore } from './restore/index.ts';
import { rollingUpgrade } from './rolling-upgrade/index.ts';

/** Every procedure of docs/operations.md that is tried, in its order there. */
export const DRILLS: readonly Drill[] = [rollingUpgrade, poisonedType, restore, postgresFailover, redisFailover];
