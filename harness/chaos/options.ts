import { parseArgs } from 'node:util';
import { MAX_PARTITIONS } from '../../src/events/index.ts';
import { OptionsError, parsed } from '../support/command-line.ts';
import { FAULT_KINDS, type FaultKind, isOfInventory, isOfPartitions, isOfServers, strikes } from './faults/index.ts';
import { WORKLOADS, type Workload } from './shop/index.ts';
import type { ServerCount } from './stage/index.ts';

/** Who keeps the stock: panier's own ledger, or an inventory elsewhere, over HTTP. */
const INVENTORIES = ['ledger', 'remote'] as const;
export type Inventory = (typeof INVENTORIES)[number];

export interface Options {
  readonly seed: number;
  readonly minutes: number;
  readonly faults: readonly FaultKind[];
  readonly workload: Workload;
  readonly inventory: Inventory;
  /** Whether Redis is a cluster. */
  readonly isCluster: boolean;
  /** Of PostgreSQL. */
  readonly servers: ServerCount;
  /** Of the streams, to begin with. */
  readonly partitions: number;
  /** Mutations per second that the shoppers aim at. */
  readonly rate: number;
  /** Whether the data directory and the logs stay. */
  readonly keep: boolean;
  readonly jsonFile: string | null;
  /** The panier that is run: this one, or a copy with a mutation. */
  readonly project: string | null;
}

export const USAGE = `npm run chaos -- [options]
  --seed <number>     decides what shoppers and faults do (default: a random one, printed)
  --minutes <number>  how long faults are injected (default 3)
  --faults <list>     all, none, servers (those of --servers 3), or of ${FAULT_KINDS.join(',')}
  --inventory <name>  ${INVENTORIES.join(' or ')} (default ledger): who keeps the stock; the inventory's faults need the second
  --cluster           Redis is three masters and three replicas; the cluster's faults need it
  --servers <number>  1 or 3 (default 1): PostgreSQL for all, or one for each service; faults of one of them need three
  --partitions <number> how many partitions the streams have at first, 1 to ${MAX_PARTITIONS} (default 1); the fault that changes it needs two
  --workload <name>   ${WORKLOADS.join(' or ')} (default storm)
  --rate <number>     mutations per second to aim at (default 120)
  --project <path>    the checkout of panier to run (default: this one)
  --keep              leave data and logs where they are
  --json <file>       write the result there too`;

const numberOf = (name: string, value: string): number => {
  const number = Number(value);
  if (!Number.isFinite(number) || number < 0) throw new OptionsError(`--${name} wants a number, not "${value}".`);
  return number;
};

const isFaultKind = (value: string): value is FaultKind => FAULT_KINDS.some((kind) => kind === value);
const isWorkload = (value: string): value is Workload => WORKLOADS.some((workload) => workload === value);

const isInventory = (value: string): value is Inventory => INVENTORIES.some((inventory) => inventory === value);

const inventoryOf = (value: string): Inventory => {
  if (!isInventory(value)) throw new OptionsError(`Unknown inventory "${value}".`);
  return value;
};

const named = (value: string): readonly FaultKind[] => {
  const names = value.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !isFaultKind(name));
  if (unknown.length > 0) throw new OptionsError(`Unknown fault "${unknown.join('", "')}".`);
  return names.filter(isFaultKind);
};

const serversOf = (value: string): ServerCount => {
  if (value === '1') return 1;
  if (value === '3') return 3;
  throw new OptionsError(`--servers is 1 or 3, not "${value}".`);
};

const partitionsOf = (value: string): number => {
  const partitions = /^\d{1,2}$/.test(value) ? Number(value) : 0;
  if (partitions >= 1 && partitions <= MAX_PARTITIONS) return partitions;
  throw new OptionsError(`--partitions is a whole number from 1 to ${MAX_PARTITIONS}, not "${value}".`);
};

type On = Pick<Options, 'inventory' | 'isCluster' | 'servers' | 'partitions'>;

const refuseKinds = (kinds: readonly FaultKind[], what: string): void => {
  if (kinds.length > 0) throw new OptionsError(`"${kinds.join('", "')}" needs ${what}.`);
};

const faultsOf = (value: string, { inventory, isCluster, servers, partitions }: On): readonly FaultKind[] => {
  if (value === 'none') return [];
  const isHomeless = (kind: FaultKind): boolean => inventory === 'ledger' && isOfInventory(kind);
  const isAlone = (kind: FaultKind): boolean => servers === 1 && isOfServers(kind);
  const isWhole = (kind: FaultKind): boolean => partitions === 1 && isOfPartitions(kind);
  const lacks = (kind: FaultKind): boolean => isHomeless(kind) || isAlone(kind) || isWhole(kind);
  if (value === 'all') return FAULT_KINDS.filter((kind) => strikes(kind, isCluster) && !lacks(kind));
  if (value === 'servers' && servers === 3) return FAULT_KINDS.filter(isOfServers);
  const kinds = named(value);
  refuseKinds(kinds.filter(isHomeless), '--inventory remote');
  refuseKinds(kinds.filter(isAlone), '--servers 3');
  refuseKinds(kinds.filter(isWhole), '--partitions 2 or more');
  const others = kinds.filter((kind) => !strikes(kind, isCluster));
  refuseKinds(others, isCluster ? 'a Redis that is no cluster' : '--cluster');
  return kinds;
};

const workloadOf = (value: string): Workload => {
  if (!isWorkload(value)) throw new OptionsError(`Unknown workload "${value}".`);
  return value;
};

const read = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    options: {
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      minutes: { type: 'string', default: '3' },
      faults: { type: 'string', default: 'all' },
      inventory: { type: 'string', default: 'ledger' },
      cluster: { type: 'boolean', default: false },
      servers: { type: 'string', default: '1' },
      partitions: { type: 'string', default: '1' },
      workload: { type: 'string', default: 'storm' },
      rate: { type: 'string', default: '120' },
      project: { type: 'string' },
      keep: { type: 'boolean', default: false },
      json: { type: 'string' },
    },
  }).values;

/** @throws {OptionsError} */
export const readOptions = (argv: readonly string[]): Options => {
  const values = parsed(() => read(argv));
  const on: On = {
    inventory: inventoryOf(values.inventory),
    isCluster: values.cluster,
    servers: serversOf(values.servers),
    partitions: partitionsOf(values.partitions),
  };
  return {
    seed: numberOf('seed', values.seed),
    minutes: numberOf('minutes', values.minutes),
    ...on,
    faults: faultsOf(values.faults, on),
    workload: workloadOf(values.workload),
    rate: numberOf('rate', values.rate),
    keep: values.keep,
    jsonFile: values.json ?? null,
    project: values.project ?? null,
  };
};
