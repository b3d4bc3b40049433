import { mkdirSync } from 'node:fs';
import { OptionsError } from '../support/command-line.ts';
import { exitOnSignal } from '../support/exit-on-signal.ts';
import {
  earlierResult,
  endRuns,
  MATRIX_USAGE,
  type MatrixOptions,
  type MatrixSet,
  matrixTable,
  readMatrixOptions,
  runSet,
  type SetRun,
  setsFrom,
} from './matrix/index.ts';
import { verdictOf } from './report/index.ts';

const VIOLATED = 1;
const VOID = 2;
const MISUSED = 64;

const runOrRecall = async (set: MatrixSet, options: MatrixOptions): Promise<SetRun> => {
  const earlier = earlierResult(set, options);
  if (earlier === null) console.log(`${set.name} (${set.workload}, seed ${set.seed}) begins`);
  const run = earlier === null ? await runSet(set, options) : { set, result: earlier };
  const verdict = run.result === null ? 'no result: see its log' : verdictOf(run.result);
  console.log(`${set.name}: ${verdict}${earlier === null ? '' : ' (earlier)'}`);
  return run;
};

/** Every set runs, also after one that failed. */
const runAll = async (options: MatrixOptions): Promise<readonly SetRun[]> => {
  const sets = setsFrom(options.seed).filter(({ name }) => options.only.includes(name));
  const queue = sets.values();
  const runs: SetRun[] = [];
  const worker = async (): Promise<void> => {
    for (const set of queue) runs.push(await runOrRecall(set, options));
  };
  await Promise.all(Array.from({ length: options.lanes }, worker));
  return runs.toSorted((left, right) => left.set.seed - right.set.seed);
};

const exitCodeOf = (runs: readonly SetRun[]): number => {
  if (runs.some(({ result }) => result === null || result.violations.length > 0)) return VIOLATED;
  return runs.some(({ result }) => result !== null && result.voidBecause.length > 0) ? VOID : 0;
};

const main = async (options: MatrixOptions): Promise<number> => {
  mkdirSync(options.folder, { recursive: true });
  const runs = await runAll(options);
  console.log(`\n${matrixTable(runs)}`);
  return exitCodeOf(runs);
};

process.once('exit', endRuns);
exitOnSignal();

try {
  process.exitCode = await main(readMatrixOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(`${error.message}\n\n${MATRIX_USAGE}`);
  process.exitCode = MISUSED;
}
