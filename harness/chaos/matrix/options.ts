import { parseArgs } from 'node:util';
import { OptionsError, parsed } from '../../support/command-line.ts';
import { SET_NAMES } from './sets.ts';

export interface MatrixOptions {
  readonly minutes: number;
  readonly seed: number;
  readonly only: readonly string[];
  /** Sets that run at once. */
  readonly lanes: number;
  readonly folder: string;
}

export const MATRIX_USAGE = `npm run chaos:matrix -- [options]
  --minutes <number>  how long each set is under fault (default 3)
  --seed <number>     of the first set; every further one has the next (default 1)
  --only <list>       of ${SET_NAMES.join(',')}
  --lanes <number>    sets at once (default 1)
  --folder <path>     where results and logs are kept (default .panier/chaos); a set whose result is there is not run again`;

const numberOf = (name: string, value: string): number => {
  const number = Number(value);
  if (!(number > 0)) throw new OptionsError(`--${name} wants a number above 0, not "${value}".`);
  return number;
};

const setsOf = (value: string): readonly string[] => {
  const names = value.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !SET_NAMES.includes(name));
  if (unknown.length > 0) throw new OptionsError(`Unknown set "${unknown.join('", "')}".`);
  return names;
};

const read = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    options: {
      minutes: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: SET_NAMES.join(',') },
      lanes: { type: 'string', default: '1' },
      folder: { type: 'string', default: '.panier/chaos' },
    },
  }).values;

/** @throws {OptionsError} */
export const readMatrixOptions = (argv: readonly string[]): MatrixOptions => {
  const values = parsed(() => read(argv));
  return {
    minutes: numberOf('minutes', values.minutes),
    seed: numberOf('seed', values.seed),
    only: setsOf(values.only),
    lanes: Math.ceil(numberOf('lanes', values.lanes)),
    folder: values.folder,
  };
};
