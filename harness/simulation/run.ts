import { type Options, OptionsError, readOptions, USAGE } from './options.ts';
import { storiesOf, Tally } from './report.ts';
import { runSeed } from './seed.ts';

const MAX_STORIES = 5;
const PROGRESS_MS = 1_000;

const progress = (tally: Tally, of: number): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${tally.seeds} of ${of} seeds, ${tally.failed.length} failed `);
};

/** Runs seeds one after the other; whether all of them ended as they must. */
const runMany = async ({ from, seeds, without }: Options): Promise<boolean> => {
  const tally = new Tally();
  const startedAt = performance.now();
  let shownAt = startedAt;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const result = await runSeed({ seed, keepsTrace: false, without });
    tally.add(result);
    if (result.violations.length > 0 && tally.failed.length <= MAX_STORIES) console.log(storiesOf(result).join('\n'));
    if (performance.now() - shownAt < PROGRESS_MS) continue;
    progress(tally, seeds);
    shownAt = performance.now();
  }
  if (process.stderr.isTTY) process.stderr.write('\n');
  console.log(tally.lines((performance.now() - startedAt) / 1_000).join('\n'));
  return tally.failed.length === 0;
};

/** Runs one seed and prints every step of it. */
const replay = async (seed: number, without: Options['without']): Promise<boolean> => {
  const result = await runSeed({ seed, keepsTrace: true, without });
  console.log(result.trace.join('\n'));
  console.log(`seed ${seed}: ${result.steps} steps, digest ${result.digest}, ${JSON.stringify(result.swarm)}`);
  if (result.violations.length > 0) console.log(storiesOf(result).join('\n'));
  return result.violations.length === 0;
};

try {
  const options = readOptions(process.argv.slice(2));
  const { seed, without } = options;
  const isWell = seed === null ? await runMany(options) : await replay(seed, without);
  process.exitCode = isWell ? 0 : 1;
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
