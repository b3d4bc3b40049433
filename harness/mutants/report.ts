import { assertNever } from '../../src/platform/index.ts';
import { CONTROL } from './options.ts';
import { caughtBy, isAsItShouldBe, type Row } from './row.ts';
import type { Trial } from './trial.ts';

const MAX_VIOLATION = 160;

/** One trial, in a line. */
export const lineOf = (trial: Trial): string => {
  switch (trial.type) {
    case 'Caught':
      return `caught (${trial.of}): ${trial.violation.slice(0, MAX_VIOLATION)}`;
    case 'Held':
      return `held (${trial.of})`;
    case 'Void':
      return `void (${trial.of}): ${trial.why.slice(-MAX_VIOLATION)}`;
    case 'Skipped':
      return 'not run';
  }
  return assertNever(trial);
};

const verdictOf = (row: Row): string => {
  const by = caughtBy(row);
  if (row.number === CONTROL) return isAsItShouldBe(row) ? 'held' : 'NOT HELD';
  return by.length === 0 ? 'NOT CAUGHT' : by.join(', ');
};

/** The verdicts, for a person. */
export const tableOf = (rows: readonly Row[]): string => {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.map((row) => `${String(row.number).padStart(3)}  ${row.name.padEnd(width)}  ${verdictOf(row)}`);
  const wrong = rows.filter((row) => !isAsItShouldBe(row)).length;
  return ['', ...lines, '', wrong === 0 ? 'all as it should be' : `${wrong} not as they should be`].join('\n');
};

const cell = (text: string): string => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');

const markdownRow = (row: Row): string =>
  `| ${[row.number === CONTROL ? '–' : String(row.number), row.name, row.change, lineOf(row.simulate), lineOf(row.chaos), lineOf(row.test), verdictOf(row)].map(cell).join(' | ')} |`;

const INTRODUCTION = `# The test of the tests

\`npm run simulate\` and \`npm run chaos\` say that panier keeps its promises. Whether they would notice if it did not is tried
here: \`npm run mutants\` breaks one promise after the other in a copy of the source, as a tired developer would, and lets both
look for it; where neither can bring the failure about, a named test of \`npm test\` does. Each mutant is a file in \`harness/mutants/catalogue/\`; \`npm test\` sees to it that all of them still fit the source.
A run that proves nothing ("void", as on a machine that is too busy) does not catch a mutant. The first row is panier itself.

This page is written by \`npm run mutants -- --markdown docs/mutants.md\`.
`;

/** The whole page of documentation. */
export const markdownOf = (rows: readonly Row[]): string =>
  [
    INTRODUCTION,
    '| # | mutant | what was changed | simulate | chaos | test | caught by |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows.map(markdownRow),
    '',
  ].join('\n');
