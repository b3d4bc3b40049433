import { join } from 'node:path';
import { OptionsError } from '../support/command-line.ts';
import { runCommand } from './command-line.ts';
import { type RowResult, runRow } from './measure/index.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { describeMachine, markdownOf, writeReport } from './report/index.ts';
import { ROWS } from './rows/index.ts';

const WARM_UP_SHARE = 0.3;

const chosen = ({ only, isQuick }: Options) => {
  const rows = ROWS.map((rowOf) => rowOf({ isQuick }));
  const unknown = only?.filter((id) => !rows.some((row) => row.id === id)) ?? [];
  if (unknown.length > 0)
    throw new OptionsError(`There is no row ${unknown.join(', ')}: ${rows.map(({ id }) => id).join(', ')}.`);
  return rows.filter(({ id, isOnlyByName }) => only?.includes(id) ?? isOnlyByName !== true);
};

const run = async (options: Options): Promise<void> => {
  const results: RowResult[] = [];
  const machine = describeMachine();
  for (const row of chosen(options)) {
    const warmUpSeconds = options.isQuick ? 0 : options.seconds * WARM_UP_SHARE;
    results.push(await runRow(row, { ...options, warmUpSeconds, say: (line) => console.error(line) }));
  }
  const report = { at: new Date(), machine, options, results };
  console.log(markdownOf(report));
  if (!options.isQuick) writeReport(report, join(import.meta.dirname, 'results'));
};

await runCommand(USAGE, () => run(readOptions(process.argv.slice(2))));
