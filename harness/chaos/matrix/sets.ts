import { FAULT_KINDS, type FaultKind, isOfInventory, isOfPartitions, isOfServers, strikes } from '../faults/index.ts';
import type { Inventory } from '../options.ts';
import { WORKLOADS, type Workload } from '../shop/index.ts';
import type { ServerCount } from '../stage/index.ts';

/** One run of the matrix. */
export interface MatrixSet {
  readonly name: string;
  readonly faults: readonly FaultKind[] | 'all' | 'none';
  readonly workload: Workload;
  readonly inventory: Inventory;
  readonly isCluster: boolean;
  readonly servers: ServerCount;
  readonly partitions: number;
  readonly seed: number;
}

const FAULTS: readonly (readonly [name: string, faults: MatrixSet['faults']])[] = [
  ['none', 'none'],
  ['kill', ['kill']],
  ['pause', ['pause']],
  ['redis-power', ['redis-restart', 'aof-tail']],
  ['flushall', ['flushall']],
  ['failover', ['failover']],
  ['oom', ['oom']],
  ['postgres', ['postgres', 'commit-cut']],
  ['network', ['network']],
  ['entries', ['duplicates', 'poison', 'groups', 'damage']],
  ['slowness', ['skew', 'starve', 'locks', 'slow-reads', 'restart', 'reconnects']],
  ['inventory', FAULT_KINDS.filter(isOfInventory)],
  ['cluster', FAULT_KINDS.filter((kind) => !strikes(kind, false))],
  ['all', 'all'],
  ['all-remote', 'all'],
  ['all-cluster', 'all'],
  ['servers', FAULT_KINDS.filter(isOfServers)],
  ['partitions', FAULT_KINDS.filter(isOfPartitions)],
  ['all-partitions', 'all'],
  ['all-cluster-partitions', 'all'],
];

export const SET_NAMES: readonly string[] = FAULTS.map(([name]) => name);

/** Sets whose stock is in an inventory elsewhere. */
const REMOTE: readonly string[] = ['inventory', 'all-remote'];

/** Sets whose Redis is a cluster. */
const CLUSTERED: readonly string[] = ['cluster', 'all-cluster', 'all-cluster-partitions'];

/** Sets whose streams have partitions. */
const DIVIDED: readonly string[] = ['partitions', 'all-partitions', 'all-cluster-partitions'];

/** Every set of faults once, the workloads in turn, each with a seed of its own from `firstSeed` on. */
export const setsFrom = (firstSeed: number): readonly MatrixSet[] =>
  FAULTS.map(([name, faults], index) => ({
    name,
    faults,
    inventory: REMOTE.includes(name) ? 'remote' : 'ledger',
    isCluster: CLUSTERED.includes(name),
    servers: name === 'servers' ? 3 : 1,
    partitions: DIVIDED.includes(name) ? 4 : 1,
    workload: WORKLOADS[index % WORKLOADS.length] ?? 'storm',
    seed: firstSeed + index,
  }));
