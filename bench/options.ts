import { parseArgs } from 'node:util';

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
  --only <list>       rows to run, such as P4,P5 (default: all)
  --quick             under a minute: checks what was done, and is too short to judge speed
  --rounds <number>   rounds of each contestant (default ${DEFAULTS.rounds})
  --seconds <number>  length of a round (default ${DEFAULTS.seconds})`;

/** The arguments are wrong; the message says which. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

const numberOf = (name: string, given: string | undefined, fallback: number): number => {
  const number = given === undefined ? fallback : Number(given);
  if (Number.isFinite(number) && number > 0) return number;
  throw new OptionsError(`--${name} wants a number above 0, not "${given}".`);
};

const read = (argv: readonly string[]) => {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string' },
        quick: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new OptionsError(error instanceof Error ? error.message : String(error), { cause: error });
  }
};

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
