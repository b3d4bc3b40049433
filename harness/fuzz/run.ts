import { OptionsError } from '../support/command-line.ts';
import { exitOnSignal } from '../support/exit-on-signal.ts';
import { readOptions, USAGE } from './options.ts';
import { play } from './play.ts';
import { describeRun } from './report.ts';

const FOUND = 1;
const MISUSED = 64;

exitOnSignal();

try {
  const run = await play(readOptions(process.argv.slice(2)));
  console.log(describeRun(run));
  process.exit(run.tally.failures.length === 0 ? 0 : FOUND);
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exit(MISUSED);
}
