import { parseArgs } from 'node:util';
import { OptionsError, parsed } from '../support/command-line.ts';
import type { Drill } from './drill.ts';

export interface Options {
  readonly drills: readonly Drill[];
  readonly isList: boolean;
  readonly isQuick: boolean;
  readonly keep: boolean;
  readonly seed: number;
}

export const usageOf = (known: readonly Drill[]): string => `npm run drills -- [names|all] [options]
${known.map(({ name, title }) => `  ${name.padEnd(18)} ${title}`).join('\n')}

  --list           tells of each what it does and where its procedure is, and runs none
  --quick          as little load and waiting as shows the promise
  --seed <number>  decides what the customers do (default: a random one, printed)
  --keep           leaves data and logs where they are`;

const drillOf = (name: string, known: readonly Drill[]): Drill => {
  const found = known.find((drill) => drill.name === name);
  if (found !== undefined) return found;
  throw new OptionsError(`There is no drill "${name}".`);
};

const chosen = (names: readonly string[], known: readonly Drill[]): readonly Drill[] =>
  names.includes('all') ? known : names.map((name) => drillOf(name, known));

const read = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      list: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    },
  });

/** @throws {OptionsError} */
export const readOptions = (argv: readonly string[], known: readonly Drill[]): Options => {
  const { values, positionals } = parsed(() => read(argv));
  const drills = chosen(positionals, known);
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new OptionsError(`--seed takes a whole number, not "${values.seed}".`);
  if (drills.length === 0 && !values.list) throw new OptionsError('Name the drills to run, or all.');
  return { drills, isList: values.list, isQuick: values.quick, keep: values.keep, seed };
};
