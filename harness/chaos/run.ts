import { writeFileSync } from 'node:fs';
import { OptionsError } from '../support/command-line.ts';
import { exitOnSignal } from '../support/exit-on-signal.ts';
import { Random } from '../support/random.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { play } from './play.ts';
import { tableOf } from './report/index.ts';
import { openStage } from './stage/index.ts';
import { resultOf } from './summary.ts';

const VIOLATED = 1;
const VOID = 2;
const MISUSED = 64;

const run = async (options: Options): Promise<number> => {
  const random = new Random(options.seed);
  await using stage = await openStage({
    random,
    project: options.project,
    inventory: options.inventory,
    isCluster: options.isCluster,
    servers: options.servers,
    partitions: options.partitions,
    keep: options.keep,
  });
  console.log(`seed ${options.seed}, in ${stage.directory}`);
  const result = resultOf(options, await play(stage, options, random));
  console.log(tableOf(result));
  if (options.jsonFile !== null) writeFileSync(options.jsonFile, `${JSON.stringify(result, null, 2)}\n`);
  if (result.violations.length > 0) return VIOLATED;
  return result.voidBecause.length > 0 ? VOID : 0;
};

exitOnSignal();

try {
  process.exit(await run(readOptions(process.argv.slice(2))));
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exit(MISUSED);
}
