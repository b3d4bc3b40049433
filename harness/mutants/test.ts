import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runScript } from './command.ts';
import { failedTestIn } from './failed-test.ts';
import type { TestSettings } from './mutant.ts';
import type { Trial } from './trial.ts';

const VITEST = 'node_modules/vitest/vitest.mjs';
const PASSED = /^\s*Tests\s.*\b\d+ passed/;

/** Runs a named test of the copy. Where no test of that name has run, nothing is proven. */
export const runTest = async (directory: string, { file, name }: TestSettings): Promise<Trial> => {
  const of = `${file}: ${name}`;
  if (!existsSync(join(directory, VITEST))) return { type: 'Void', of, why: 'There is no vitest in the copy.' };
  const failures: string[] = [];
  let hasPassed = false;
  const { code, lastWords } = await runScript({
    directory,
    script: VITEST,
    args: ['run', '--no-color', file, '-t', name],
    onLine: (line) => {
      const failure = failedTestIn(line);
      if (failure !== null) failures.push(failure);
      hasPassed ||= PASSED.test(line);
      return 'GoOn';
    },
  });
  const [violation] = failures;
  if (violation !== undefined) return { type: 'Caught', of, violation };
  return code === 0 && hasPassed ? { type: 'Held', of } : { type: 'Void', of, why: lastWords };
};
