import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Random } from '../support/random.ts';
import type { Drill, DrillContext, DrillReport } from './drill.ts';
import type { Options } from './options.ts';
import { Crew } from './panier/index.ts';
import type { Outcome } from './report.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

const makeDirectory = (name: string): string => {
  const directory = mkdtempSync(join(tmpdir(), `panier-${name}-`));
  // PostgreSQL and Redis may run as another user than we do.
  chmodSync(directory, 0o711);
  return directory;
};

const contextOf = (opened: AsyncDisposableStack, drill: Drill, options: Options): DrillContext => {
  const { keep, seed, isQuick } = options;
  const directory = makeDirectory(drill.name);
  opened.defer(() => (keep ? undefined : rmSync(directory, { recursive: true, force: true })));
  const servers = opened.use(new AsyncDisposableStack());
  const crew = opened.use(new Crew({ directory, project: PROJECT }));
  const startedAt = performance.now();
  const clock = (): string => `${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s`;
  let steps = 0;
  return {
    directory,
    project: PROJECT,
    random: new Random(seed).named(drill.name),
    isQuick,
    step: (what) => {
      steps += 1;
      console.log(`${clock()}  ${steps}. ${what}`);
    },
    note: (what) => console.log(`${clock()}     ${what}`),
    crew,
    opened: servers,
  };
};

const attempt = async (drill: Drill, options: Options): Promise<DrillReport> => {
  await using opened = new AsyncDisposableStack();
  const context = contextOf(opened, drill, options);
  console.log(`\n${drill.name}: ${drill.title}\n  seed ${options.seed}, in ${context.directory}`);
  return await drill.run(context);
};

/** Carries out one drill, and ends whatever it has started. */
export const carryOut = async (drill: Drill, options: Options): Promise<Outcome> => {
  const startedAt = performance.now();
  const secondsSince = (): number => (performance.now() - startedAt) / 1_000;
  try {
    const report = await attempt(drill, options);
    return { drill, seconds: secondsSince(), end: { type: 'Done', report } };
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    console.error(error);
    return { drill, seconds: secondsSince(), end: { type: 'BrokenOff', because } };
  }
};
