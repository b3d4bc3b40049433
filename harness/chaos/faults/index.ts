import { reconnects } from './clients.ts';
import { clusterCut, clusterFreeze, clusterKill, clusterLoss, clusterMove } from './cluster.ts';
import { damage } from './damage.ts';
import { divide } from './divide.ts';
import { duplicates, groups, poison } from './entries.ts';
import type { Fault } from './fault.ts';
import { inventoryKill, inventoryLoses, inventoryRefuses, inventoryRestart, inventorySlow } from './inventory.ts';
import { commitCut, network, slowReads } from './links.ts';
import { locks, postgres } from './postgres.ts';
import { freezeConsumer, kill, pause, restart } from './processes.ts';
import { aofTail, failover, flushall, oom, redisRestart } from './redis-loss.ts';
import { SERVER_FAULTS } from './servers.ts';
import { skew, starve } from './slowness.ts';

export { type Fault, Injections } from './fault.ts';
export { type Failed, Schedule, type Struck } from './schedule.ts';

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
  'divide',
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
  'write-kill',
  'write-freeze',
  'write-cut',
  'saga-kill',
  'saga-freeze',
  'saga-cut',
  'audit-kill',
  'audit-freeze',
  'audit-cut',
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
  divide,
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
  ...SERVER_FAULTS,
};

const OF_ONE_SERVER: readonly FaultKind[] = ['redis-restart', 'aof-tail', 'flushall', 'failover', 'oom'];

/** Whether it strikes a Redis of that kind: one server, or a cluster. */
export const strikes = (kind: FaultKind, isCluster: boolean): boolean =>
  isCluster ? !OF_ONE_SERVER.includes(kind) : !kind.startsWith('cluster-');

/** Whether it strikes an inventory elsewhere, which not every run has. */
export const isOfInventory = (kind: FaultKind): boolean => FAULTS[kind].place === 'inventory';

/** Whether it strikes one of several servers of PostgreSQL, which not every run has. */
export const isOfServers = (kind: FaultKind): boolean => Object.hasOwn(SERVER_FAULTS, kind);

/** Whether it changes the number of partitions, which not every run has. */
export const isOfPartitions = (kind: FaultKind): boolean => kind === 'divide';

const OPENING: readonly (readonly [FaultKind, Fault])[] = [
  ['pause', freezeConsumer],
  ['duplicates', duplicates],
];

/** What a run begins with: its claims and repetitions are not left to luck, nor that there come other partitions. */
export const openingOf = (kinds: readonly FaultKind[]): ReadonlyMap<string, Fault> =>
  kinds.length === 0
    ? new Map()
    : new Map([...OPENING, ...kinds.filter(isOfPartitions).map((kind) => [kind, FAULTS[kind]] as const)]);
