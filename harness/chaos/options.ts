import { parseArgs } from 'node:util';
import { OptionsError, parsed } from '../support/command-line.ts';
import { FAULT_KINDS, type FaultKind, isOfInventory, strikes } from './faults/index.ts';
import { WORKLOADS, type Workload } from './shop/index.ts';

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
  --faults <list>     all, none, or of ${FAULT_KINDS.join(',')}
  --inventory <name>  ${INVENTORIES.join(' or ')} (default ledger): who keeps the stock; the inventory's faults need the second
  --cluster           Redis is three masters and three replicas; the cluster's faults need it
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

interface On {
  readonly inventory: Inventory;
  readonly isCluster: boolean;
}

const faultsOf = (value: string, { inventory, isCluster }: On): readonly FaultKind[] => {
  if (value === 'none') return [];
  const possible = FAULT_KINDS.filter((kind) => strikes(kind, isCluster));
  if (value === 'all') return possible.filter((kind) => inventory === 'remote' || !isOfInventory(kind));
  const kinds = named(value);
  const homeless = kinds.filter((kind) => inventory === 'ledger' && isOfInventory(kind));
  if (homeless.length > 0) throw new OptionsError(`"${homeless.join('", "')}" needs --inventory remote.`);
  const others = kinds.filter((kind) => !possible.includes(kind)).join('", "');
  if (others !== '')
    throw new OptionsError(`"${others}" ${isCluster ? 'needs a Redis that is no cluster' : 'needs --cluster'}.`);
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
  const inventory = inventoryOf(values.inventory);
  return {
    seed: numberOf('seed', values.seed),
    minutes: numberOf('minutes', values.minutes),
    inventory,
    isCluster: values.cluster,
    faults: faultsOf(values.faults, { inventory, isCluster: values.cluster }),
    workload: workloadOf(values.workload),
    rate: numberOf('rate', values.rate),
    keep: values.keep,
    jsonFile: values.json ?? null,
    project: values.project ?? null,
  };
};
