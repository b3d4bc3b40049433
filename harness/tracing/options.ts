import { parseArgs } from 'node:util';
import { type Options as ChaosOptions, readOptions as readChaosOptions } from '../chaos/options.ts';
import { OptionsError, parsed } from '../support/command-line.ts';

export interface Options {
  readonly seed: number;
  /** How many are bought; of a run with faults, as many as come. */
  readonly orders: number;
  readonly atOnce: number;
  /** Null where nothing is broken on purpose. */
  readonly chaos: ChaosOptions | null;
  readonly keep: boolean;
  /** The panier that is run: this one, or a copy with a mutation. */
  readonly project: string | null;
}

const DEFAULTS = { orders: 10_000, atOnce: 24, seed: 1789, minutes: 3, faults: 'all' } as const;

export const USAGE = `npm run traces -- [options]
  --orders <number>   how many are bought (default ${DEFAULTS.orders})
  --at-once <number>  customers at once (default ${DEFAULTS.atOnce})
  --seed <number>     decides what customers do, and what goes wrong (default ${DEFAULTS.seed})
  --chaos             the shoppers and the faults of \`npm run chaos\` instead
  --minutes <number>  with --chaos: how long faults are injected (default ${DEFAULTS.minutes})
  --faults <list>     with --chaos: as there (default ${DEFAULTS.faults})
  --project <path>    the checkout of panier to run (default: this one)
  --keep              leave data and logs where they are`;

const one = { type: 'string' } as const;

const read = (argv: readonly string[]) =>
  parsed(
    () =>
      parseArgs({
        args: [...argv],
        options: {
          orders: one,
          'at-once': one,
          seed: one,
          minutes: one,
          faults: one,
          project: one,
          chaos: { type: 'boolean', default: false },
          keep: { type: 'boolean', default: false },
        },
      }).values,
  );

type Given = ReturnType<typeof read>;

const numberOf = (name: string, text: string | undefined, otherwise: number): number => {
  if (text === undefined) return otherwise;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new OptionsError(`--${name} wants a whole number above 0, not "${text}".`);
  return Number(text);
};

const chaosOf = ({ chaos, minutes, faults }: Given, seed: number): ChaosOptions | null => {
  if (chaos) {
    const [length, kinds] = [minutes ?? String(DEFAULTS.minutes), faults ?? DEFAULTS.faults];
    return readChaosOptions(['--seed', String(seed), '--minutes', length, '--faults', kinds]);
  }
  if (minutes !== undefined || faults !== undefined) throw new OptionsError('--minutes and --faults want --chaos.');
  return null;
};

/** @throws {OptionsError} */
export const readOptions = (argv: readonly string[]): Options => {
  const given = read(argv);
  const seed = numberOf('seed', given.seed, DEFAULTS.seed);
  return {
    seed,
    orders: numberOf('orders', given.orders, DEFAULTS.orders),
    atOnce: numberOf('at-once', given['at-once'], DEFAULTS.atOnce),
    chaos: chaosOf(given, seed),
    keep: given.keep,
    project: given.project ?? null,
  };
};
