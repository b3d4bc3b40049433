import { parseArgs } from 'node:util';
import { OptionsError, parsed } from '../support/command-line.ts';

export interface Options {
  readonly seed: number;
  readonly operations: number;
  /** No operation is begun later. */
  readonly minutes: number;
  /** Operations under way at the same time. */
  readonly clients: number;
  /** Whether the data directory and the log stay. */
  readonly keep: boolean;
}

export const USAGE = `npm run fuzz -- [options]
  --seed <number>        decides which operations are made (default: a random one, printed)
  --operations <number>  how many (default: no end, but for --minutes or Ctrl-C)
  --minutes <number>     how long (default: no end)
  --clients <number>     how many at the same time (default 8)
  --keep                 leave data and log where they are`;

const atLeastZero = (name: string, value: string | undefined): number => {
  if (value === undefined) return Infinity;
  const number = Number(value);
  if (Number.isFinite(number) && number >= 0) return number;
  throw new OptionsError(`--${name} wants a number that is not negative, not "${value}".`);
};

const read = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    options: {
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      operations: { type: 'string' },
      minutes: { type: 'string' },
      clients: { type: 'string', default: '8' },
      keep: { type: 'boolean', default: false },
    },
  }).values;

/** @throws {OptionsError} */
export const readOptions = (argv: readonly string[]): Options => {
  const values = parsed(() => read(argv));
  return {
    seed: atLeastZero('seed', values.seed),
    operations: atLeastZero('operations', values.operations),
    minutes: atLeastZero('minutes', values.minutes),
    clients: atLeastZero('clients', values.clients),
    keep: values.keep,
  };
};
