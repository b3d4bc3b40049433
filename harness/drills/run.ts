import { OptionsError } from '../support/command-line.ts';
import { exitOnSignal } from '../support/exit-on-signal.ts';
import { carryOut } from './carry-out.ts';
import { DRILLS } from './catalogue.ts';
import { type Options, readOptions, usageOf } from './options.ts';
import { isKept, type Outcome, tableOf } from './report.ts';

const BROKEN = 1;
const MISUSED = 64;

const list = (): void => {
  for (const { name, title, procedure } of DRILLS) console.log(`${name}: ${title}\n  ${procedure}`);
};

const tellLosses = ({ drill, end }: Outcome): void => {
  if (end.type === 'Done') for (const line of end.report.lost) console.log(`${drill.name} BROKE ${line}`);
};

const run = async (options: Options): Promise<number> => {
  const outcomes: Outcome[] = [];
  for (const drill of options.drills) outcomes.push(await carryOut(drill, options));
  outcomes.forEach(tellLosses);
  console.log(`\n${tableOf(outcomes)}`);
  return outcomes.every(isKept) ? 0 : BROKEN;
};

exitOnSignal();

try {
  const options = readOptions(process.argv.slice(2), DRILLS);
  if (options.isList) list();
  process.exit(options.isList ? 0 : await run(options));
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(`${error.message}\n\n${usageOf(DRILLS)}`);
  process.exit(MISUSED);
}
