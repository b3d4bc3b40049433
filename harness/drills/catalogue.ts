import type { Drill } from './drill.ts';
import { faultyProjection } from './faulty-projection/index.ts';
import { fullDisk } from './full-disk/index.ts';
import { moveHome } from './move-home/index.ts';
import { partitions } from './partitions/index.ts';
import { poisonedType } from './poisoned-type/index.ts';
import { postgresFailover } from './postgres-failover/index.ts';
import { redisFailover } from './redis-failover/index.ts';
import { restore } from './restore/index.ts';
import { restoreHomes } from './restore-homes/index.ts';
import { rollingUpgrade } from './rolling-upgrade/index.ts';
import { severalHosts } from './several-hosts/index.ts';

/** Every procedure of docs/operations.md that is tried, in its order there. */
export const DRILLS: readonly Drill[] = [
  severalHosts,
  rollingUpgrade,
  poisonedType,
  faultyProjection,
  restore,
  restoreHomes,
  postgresFailover,
  fullDisk,
  redisFailover,
  partitions,
  moveHome,
];
