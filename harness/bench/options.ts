import { parseArgs } from 'node:util';
import { parsed } from '../support/command-line.ts';
import { numberOf } from './command-line.ts';

export interface Options {
  /** Ids of rows; null for all. */
  readonly only: readonly string[] | null;
  readonly isQuick: boolean;
  readonly rounds: number;
  readonly seconds: number;
}

const DEFAULTS = { rounds: 5, seconds: 5 } as const;
const QUICK = { rounds: 1, seconds: 0.7 } as const;

export const USAGE = `npm run bench -- [options]
  --only <list>       rows to run, such as P4,P5 (default: all but S1 to S4, T1 and T6)
  --quick             under a minute: checks what was done, and is too short to judge speed
  --rounds <number>   rounds of each contestant (default ${DEFAULTS.rounds})
  --seconds <number>  length of a round (default ${DEFAULTS.seconds})`;

const read = (argv: readonly string[]) =>
  parsed(
    () =>
      parseArgs({
        args: [...argv],
        options: {
          only: { type: 'string' },
          quick: { type: 'boolean', default: false },
          rounds: { type: 'string' },
          seconds: { type: 'string' },
        },
      }).values,
  );

/** @throws {OptionsError} */
export const readOptions = (argv: readonly string[]): Options => {
  const { only, quick, rounds, seconds } = read(argv);
  const fallback = quick ? QUICK : DEFAULTS;
  return {
    only: only?.split(',').map((id) => id.trim().toUpperCase()) ?? null,
    isQuick: quick,
    rounds: Math.ceil(numberOf('rounds', rounds, fallback.rounds)),
    seconds: numberOf('seconds', seconds, fallback.seconds),
  };
};
