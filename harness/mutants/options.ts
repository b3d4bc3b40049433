import { parseArgs } from 'node:util';
import { OptionsError, parsed } from '../support/command-line.ts';
import { CATALOGUE } from './catalogue/index.ts';

const JUDGES = ['simulate', 'chaos', 'test'] as const;
export type Judge = (typeof JUDGES)[number];

/** Stands for panier without any mutation. */
export const CONTROL = 0;

export interface Options {
  /** Numbers of mutants, and of the control. */
  readonly only: readonly number[];
  readonly by: readonly Judge[];
  readonly seeds: number;
  /** In place of what the catalogue says of each. */
  readonly chaosMinutes: number | null;
  readonly jsonFile: string | null;
  readonly markdownFile: string | null;
}

export const USAGE = `npm run mutants -- [options]
  --only <list>            numbers of mutants, ${CONTROL} for the control (default: all)
  --by <list>              of ${JUDGES.join(',')} (default: all)
  --seeds <number>         how many seeds simulate may try (default 1000)
  --chaos-minutes <number> how long chaos injects faults (default: what the catalogue says of each)
  --json <file>            write the rows there
  --markdown <file>        write the table there`;

const numberOf = (name: string, value: string): number => {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number < 0)
    throw new OptionsError(`--${name} wants a number, not "${value}".`);
  return number;
};

const onlyOf = (value: string | undefined): readonly number[] => {
  const known = [CONTROL, ...CATALOGUE.map(({ number }) => number)];
  if (value === undefined) return known;
  const only = value.split(',').map((each) => numberOf('only', each));
  const unknown = only.filter((number) => !known.includes(number));
  if (unknown.length > 0) throw new OptionsError(`There is no mutant ${unknown.join(', ')}.`);
  return known.filter((number) => only.includes(number));
};

const isJudge = (value: string): value is Judge => JUDGES.some((judge) => judge === value);

const judgesOf = (value: string): readonly Judge[] => {
  const names = value.split(',');
  const unknown = names.filter((name) => !isJudge(name));
  if (unknown.length > 0) throw new OptionsError(`--by wants ${JUDGES.join(' or ')}, not "${unknown.join('", "')}".`);
  return names.filter(isJudge);
};

const read = (argv: readonly string[]) =>
  parseArgs({
    args: [...argv],
    options: {
      only: { type: 'string' },
      by: { type: 'string', default: JUDGES.join(',') },
      seeds: { type: 'string', default: '1000' },
      'chaos-minutes': { type: 'string' },
      json: { type: 'string' },
      markdown: { type: 'string' },
    },
  }).values;

/** @throws {OptionsError} */
export const readOptions = (argv: readonly string[]): Options => {
  const values = parsed(() => read(argv));
  const minutes = values['chaos-minutes'];
  return {
    only: onlyOf(values.only),
    by: judgesOf(values.by),
    seeds: numberOf('seeds', values.seeds),
    chaosMinutes: minutes === undefined ? null : numberOf('chaos-minutes', minutes),
    jsonFile: values.json ?? null,
    markdownFile: values.markdown ?? null,
  };
};
