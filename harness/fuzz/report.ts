import type { Operation } from './operation/operation.ts';
import { DOCUMENTED_CODES } from './oracle/codes.ts';
import type { Unreached } from './play/coverage.ts';
import type { Failure, Tally } from './play/tally.ts';
import { jsonOf, object } from './value.ts';

const short = (given: string, length: number): string =>
  given.length <= length ? given : `${given.slice(0, length)} … (${given.length} characters)`;

/** A screen is for reading: the middle of what is long says nothing. */
const shortStrings = (given: string): string =>
  given.replaceAll(
    /[^\n]{500,}/gu,
    (long) => `${long.slice(0, 120)} … ${long.length - 240} more … ${long.slice(-120)}`,
  );

const requestOf = ({ lane, viewer, text, variables }: Operation): readonly string[] => [
  `    by ${lane} as ${viewer === null ? 'an operator' : JSON.stringify(viewer)}`,
  ...short(shortStrings(text), 2_500)
    .split('\n')
    .map((line) => `    ${line}`),
  ...(variables.length > 0 ? [`    variables ${short(shortStrings(jsonOf(object(variables))), 1_000)}`] : []),
];

const storyOf = (failure: Failure): readonly string[] => [
  `  ${failure.rule}, ${failure.times} times; first as operation ${failure.operation.index}`,
  ...requestOf(failure.operation),
  `    was ${short(failure.detail, 700)}`,
  ...(failure.again === '' ? [] : [`    is ${short(failure.again, 500)}`]),
  '',
];

const counted = ([name, times]: readonly [string, number]): string => `  ${String(times).padStart(7)}  ${name}`;

const listed = (what: string, names: readonly string[]): string =>
  `${what}: ${names.length === 0 ? 'none' : `${names.length}: ${names.join(', ')}`}`;

export interface Run {
  readonly seed: number;
  readonly seconds: number;
  readonly tally: Tally;
  readonly unreached: Unreached;
  /** What the end showed, in a line each. */
  readonly ending: readonly string[];
}

/** All that a run has shown, for people. */
export const describeRun = ({ seed, seconds, tally, unreached, ending }: Run): string =>
  [
    ...(tally.failures.length === 0 ? [] : ['', 'Findings', ...tally.failures.flatMap(storyOf)]),
    'Operations by type, lane and outcome',
    ...tally.outcomes.map(counted),
    '',
    'Hostile values and spoilt forms',
    ...[...tally.hostile].toSorted(([left], [right]) => left.localeCompare(right)).map(counted),
    '',
    listed('Fields never answered', unreached.fields),
    listed('Arguments never given', unreached.arguments),
    listed('Enum values never answered', unreached.enumValues),
    listed(
      'Error codes never answered',
      [...DOCUMENTED_CODES].filter((code) => tally.count(code) === 0),
    ),
    '',
    ...ending,
    `${tally.operations} operations in ${seconds.toFixed(0)} s, ${(tally.operations / seconds).toFixed(0)} a second; ` +
      `first answers ${tally.percentile(0.5).toFixed(0)} ms (median), ${tally.percentile(0.99).toFixed(0)} ms (99 %), ${tally.percentile(1).toFixed(0)} ms (longest)`,
    tally.failures.length === 0
      ? `seed ${seed}: nothing found`
      : `seed ${seed}: ${tally.failures.length} kinds of findings; again with: npm run fuzz -- --seed ${seed} --operations ${tally.operations}`,
  ].join('\n');
