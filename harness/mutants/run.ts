import { writeFileSync } from 'node:fs';
import { OptionsError } from '../support/command-line.ts';
import { exitOnSignal } from '../support/exit-on-signal.ts';
import { CATALOGUE, MENDED_BY_SWEEP, WITHOUT_SWEEP } from './catalogue/index.ts';
import { runChaos } from './chaos.ts';
import type { ChaosSettings, Edit, TestSettings } from './mutant.ts';
import { CONTROL, type Judge, type Options, readOptions, USAGE } from './options.ts';
import { copyProject } from './project-copy.ts';
import { lineOf, markdownOf, tableOf } from './report.ts';
import { isAsItShouldBe, type Row } from './row.ts';
import { simulate } from './simulate.ts';
import { runTest } from './test.ts';
import type { Trial } from './trial.ts';

const SURVIVED = 1;
const MISUSED = 64;
const SKIPPED: Trial = { type: 'Skipped' };
const PROGRESS_MS = 1_000;

interface Subject {
  readonly number: number;
  readonly name: string;
  readonly change: string;
  readonly edits: readonly Edit[];
  readonly chaos: ChaosSettings;
  readonly test?: TestSettings;
}

const UNCHANGED: Subject = {
  number: CONTROL,
  name: 'control',
  change: 'Nothing.',
  edits: [],
  chaos: { seed: 1, minutes: 2, faults: 'all', workload: 'storm' },
};

/** For those that are tried without it: nothing else than what they change may be caught. */
const SWEEPLESS: Subject = {
  number: CONTROL,
  name: 'control without sweep',
  change: 'Only the sweep is gone; `simulate` leaves out what the sweep alone makes good.',
  edits: [WITHOUT_SWEEP],
  chaos: { seed: 1, minutes: 1, faults: 'kill,pause,flushall,aof-tail,groups', workload: 'storm' },
};

/** A line on the terminal that tells how long the trial has been running. */
const showProgress = (what: string): Disposable => {
  const startedAt = performance.now();
  const show = (): void => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r${what}, ${Math.round((performance.now() - startedAt) / 1_000)} s `);
  };
  const timer = setInterval(show, PROGRESS_MS);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    },
  };
};

const tryOut = async ({ number, name, change, edits, chaos, test }: Subject, options: Options): Promise<Row> => {
  using copy = copyProject(edits);
  const { directory } = copy;
  const { by, seeds, chaosMinutes } = options;
  const judge = async (judgeName: Judge, run: () => Promise<Trial>): Promise<Trial> => {
    if (!by.includes(judgeName)) return SKIPPED;
    using _progress = showProgress(`${number} ${name}: ${judgeName}`);
    const trial = await run();
    console.log(`${number} ${name}: ${judgeName} ${lineOf(trial)}`);
    return trial;
  };
  const without = edits.includes(WITHOUT_SWEEP) ? MENDED_BY_SWEEP : [];
  const settings = { ...chaos, minutes: chaosMinutes ?? chaos.minutes };
  return {
    number,
    name,
    change,
    simulate: await judge('simulate', () => simulate({ directory, seeds, without })),
    chaos: await judge('chaos', () => runChaos(directory, settings)),
    test: test === undefined ? SKIPPED : await judge('test', () => runTest(directory, test)),
  };
};

const tryAll = async (options: Options): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const subject of [UNCHANGED, SWEEPLESS, ...CATALOGUE])
    if (options.only.includes(subject.number)) rows.push(await tryOut(subject, options));
  return rows;
};

exitOnSignal();

try {
  const options = readOptions(process.argv.slice(2));
  const rows = await tryAll(options);
  console.log(tableOf(rows));
  if (options.jsonFile !== null) writeFileSync(options.jsonFile, `${JSON.stringify(rows, null, 2)}\n`);
  if (options.markdownFile !== null) writeFileSync(options.markdownFile, markdownOf(rows));
  process.exitCode = rows.every(isAsItShouldBe) ? 0 : SURVIVED;
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = MISUSED;
}
