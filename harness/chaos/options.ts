import { parseArgs } from 'node:util';
import { OptionsError, parsed } from '../support/command-line.ts';
import { FAULT_KINDS, type FaultKind, isOfInventory, isOfServers, strikes } from './faults/index.ts';
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

type On = Pick<Options, 'inventory' | 'isCluster' | 'servers'>;

const refuseKinds = (kinds: readonly FaultKind[], what: string): void => {
  if (kinds.length > 0) throw new OptionsError(`"${kinds.join('", "')}" needs ${what}.`);
};

const faultsOf = (value: string, { inventory, isCluster, servers }: On): readonly FaultKind[] => {
  if (value === 'none') return [];
  const isHomeless = (kind: FaultKind): boolean => inventory === 'ledger' && isOfInventory(kind);
  const isAlone = (kind: FaultKind): boolean => servers === 1 && isOfServers(kind);
  if (value === 'all')
    return FAULT_KINDS.filter((kind) => strikes(kind, isCluster) && !isHomeless(kind) && !isAlone(kind));
  if (value === 'servers' && servers === 3) return FAULT_KINDS.filter(isOfServers);
  const kinds = named(value);
  refuseKinds(kinds.filter(isHomeless), '--inventory remote');
  refuseKinds(kinds.filter(isAlone), '--servers 3');
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
  const [inventory, servers] = [inventoryOf(values.inventory), serversOf(values.servers)];
  return {
    seed: numberOf('seed', values.seed),
    minutes: numberOf('minutes', values.minutes),
    inventory,
    isCluster: values.cluster,
    servers,
    faults: faultsOf(values.faults, { inventory, isCluster: values.cluster, servers }),
    workload: workloadOf(values.workload),
    rate: numberOf('rate', values.rate),
    keep: values.keep,
    jsonFile: values.json ?? null,
    project: values.project ?? null,
  };
};
