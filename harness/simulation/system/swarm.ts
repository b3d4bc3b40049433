import type { Random } from '../../support/random.ts';

export const FAULT_KINDS = [
  'crash',
  'freeze',
  'flush',
  'loseTail',
  'destroyGroup',
  'repeat',
  'poison',
  'deleteEntries',
  'skipGroup',
  'deleteConsumer',
  'strangers',
  'divide',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** What a seed is about: a few kinds of faults, often. All of them always would hide what one alone brings about. */
export interface Swarm {
  readonly processes: number;
  readonly shoppers: number;
  readonly products: number;
  readonly unitsOfEach: number;
  readonly faults: readonly FaultKind[];
  /** The mean pause between two faults. */
  readonly faultEveryMs: number;
  /** How likely a request to a server, or its reply, is lost. */
  readonly links: {
    readonly database: number;
    readonly bus: number;
    readonly provider: number;
    readonly inventory: number;
  };
  /** Who keeps the stock; `Both`: each process says another, as while an installation is switched over. */
  readonly keeper: 'Ledger' | 'Remote' | 'Both';
  /** So many partitions there are at first. */
  readonly partitions: number;
  /** How likely a call to it is doubled, delayed, or turned away. */
  readonly callFaults: number;
}

const rateOf = (random: Random, max: number): number => (random.chance(0.5) ? 0 : random.next() * max);

const keeperOf = (random: Random): Swarm['keeper'] => {
  const luck = random.next();
  if (luck < 0.55) return 'Ledger';
  return luck < 0.85 ? 'Remote' : 'Both';
};

export const drawSwarm = (random: Random): Swarm => ({
  processes: random.integer(1, 3),
  shoppers: random.integer(1, 3),
  products: random.integer(1, 3),
  unitsOfEach: random.integer(2, 8),
  faults: FAULT_KINDS.filter(() => random.chance(0.4)),
  faultEveryMs: random.integer(50, 800),
  links: {
    database: rateOf(random, 0.03),
    bus: rateOf(random, 0.03),
    provider: rateOf(random, 0.4),
    inventory: rateOf(random, 0.6),
  },
  keeper: keeperOf(random),
  callFaults: rateOf(random, 0.7),
  partitions: random.chance(0.4) ? 1 : random.pick([2, 3, 4, 8]),
});
