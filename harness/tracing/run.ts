import { OptionsError } from '../support/command-line.ts';
import { exitOnSignal } from '../support/exit-on-signal.ts';
import { Random } from '../support/random.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { prove } from './prove.ts';
import { isSound, tableOf, voidBecause } from './report.ts';
import { openStage } from './stage.ts';

const BROKEN = 1;
const VOID = 2;
const MISUSED = 64;

const run = async (options: Options): Promise<number> => {
  await using stage = await openStage({ ...options, random: new Random(options.seed) });
  console.log(`seed ${options.seed}, in ${stage.processes.directory}; spans go to ${stage.sink.url}`);
  const proof = await prove(stage, options);
  console.log(tableOf(proof));
  const reasons = voidBecause(proof, options);
  for (const reason of reasons) console.log(`VOID    ${reason}`);
  if (!isSound(proof)) return BROKEN;
  return reasons.length > 0 ? VOID : 0;
};

exitOnSignal();

try {
  process.exit(await run(readOptions(process.argv.slice(2))));
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exit(MISUSED);
}
