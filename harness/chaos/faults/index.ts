import { reconnects } from './clients.ts';
import { clusterCut, clusterFreeze, clusterKill, clusterLoss, clusterMove } from './cluster.ts';
import { damage } from './damage.ts';
import { duplicates, groups, poison } from './entries.ts';
import type { Fault } from './fault.ts';
import { inventoryKill, inventoryLoses, inventoryRefuses, inventoryRestart, inventorySlow } from './inventory.ts';
import { commitCut, network, slowReads } from './links.ts';
import { locks, postgres } from './postgres.ts';
import { freezeConsumer, kill, pause, restart } from './processes.ts';
import { aofTail, failover, flushall, oom, redisRestart } from './redis-loss.ts';
import { skew, starve } from './slowness.ts';

export { type Fault, Injections, STREAMS } from './fault.ts';
export { Schedule, type Struck } from './schedule.ts';

export const FAULT_KINDS = [
  'kill',
  'pause',
  'restart',
  'redis-restart',
  'aof-tail',
  'flushall',
  'failover',
  'oom',
  'postgres',
  'commit-cut',
  'network',
  'duplicates',
  'poison',
  'groups',
  'skew',
  'starve',
  'locks',
  'reconnects',
  'damage',
  'slow-reads',
  'inventory-kill',
  'inventory-restart',
  'inventory-loses',
  'inventory-slow',
  'inventory-refuses',
  'cluster-kill',
  'cluster-loss',
  'cluster-cut',
  'cluster-freeze',
  'cluster-move',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export const FAULTS: Readonly<Record<FaultKind, Fault>> = {
  kill,
  pause,
  restart,
  'redis-restart': redisRestart,
  'aof-tail': aofTail,
  flushall,
  failover,
  oom,
  postgres,
  'commit-cut': commitCut,
  network,
  duplicates,
  poison,
  groups,
  skew,
  starve,
  locks,
  reconnects,
  damage,
  'slow-reads': slowReads,
  'inventory-kill': inventoryKill,
  'inventory-restart': inventoryRestart,
  'inventory-loses': inventoryLoses,
  'inventory-slow': inventorySlow,
  'inventory-refuses': inventoryRefuses,
  'cluster-kill': clusterKill,
  'cluster-loss': clusterLoss,
  'cluster-cut': clusterCut,
  'cluster-freeze': clusterFreeze,
  'cluster-move': clusterMove,
};

const OF_ONE_SERVER: readonly FaultKind[] = ['redis-restart', 'aof-tail', 'flushall', 'failover', 'oom'];

/** Whether it strikes a Redis of that kind: one server, or a cluster. */
export const strikes = (kind: FaultKind, isCluster: boolean): boolean =>
  isCluster ? !OF_ONE_SERVER.includes(kind) : !kind.startsWith('cluster-');

/** Whether it strikes an inventory elsewhere, which not every run has. */
export const isOfInventory = (kind: FaultKind): boolean => FAULTS[kind].place === 'inventory';

/** Every run begins with these: its claims and repetitions are not left to luck. */
export const OPENING: ReadonlyMap<string, Fault> = new Map([
  ['pause', freezeConsumer],
  ['duplicates', duplicates],
]);
