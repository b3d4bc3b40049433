import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';

type Step = { readonly name: string; readonly command: readonly [string, ...string[]] };

type Outcome = { readonly step: Step; readonly passed: boolean; readonly output: string; readonly seconds: number };

const STEPS: readonly Step[] = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'console types', command: ['tsc', '--noEmit', '-p', 'console'] },
  { name: 'shop types', command: ['tsc', '--noEmit', '-p', 'shop'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'format', command: ['biome', 'ci', '.'] },
  { name: 'unused code', command: ['knip', '--no-progress'] },
  { name: 'schema', command: ['node', 'src/cli/print-schema.ts', '--check'] },
  { name: 'asyncapi', command: ['node', 'src/cli/print-asyncapi.ts', '--check'] },
  { name: 'openapi', command: ['node', 'src/cli/print-openapi.ts', '--check'] },
  { name: 'event lock', command: ['node', 'tools/event-lock.ts'] },
  { name: 'typed client', command: ['graphql-codegen', '--config', 'codegen.ts', '--check'] },
  { name: 'simulation', command: ['node', 'harness/simulation/run.ts', '--seeds', '250'] },
  { name: 'bench', command: ['node', 'harness/bench/run.ts', '--quick', '--only', 'P1,P5,P6,P7,I1,W1'] },
  { name: 'dependencies', command: ['node', 'tools/dependencies.ts'] },
  { name: 'audit', command: ['node', 'tools/audit.ts'] },
  { name: 'recipes', command: ['node', 'tools/recipes.ts'] },
  { name: 'contract', command: ['node', 'tools/contract.ts'] },
];

const TESTS: Step = { name: 'tests', command: ['vitest', 'run'] };

const run = async (step: Step): Promise<Outcome> => {
  const startedAt = performance.now();
  const [command, ...args] = step.command;
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<unknown>((settle) => child.once('error', settle).once('close', settle));
  const [end, ...output] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  const cause = end instanceof Error ? [end.message] : [];
  const seconds = (performance.now() - startedAt) / 1_000;
  return { step, passed: end === 0, output: [...cause, ...output].join('\n').trim(), seconds };
};

const report = ({ step, passed, seconds }: Outcome): void =>
  console.log(`${passed ? 'ok    ' : 'FAILED'}  ${step.name.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s`);

/** Two workers over one queue: every step runs, also after one that failed. */
const runAll = async (steps: readonly Step[]): Promise<readonly Outcome[]> => {
  const waiting = steps.values();
  const outcomes: Outcome[] = [];
  const worker = async (): Promise<void> => {
    for (const step of waiting) {
      const outcome = await run(step);
      report(outcome);
      outcomes.push(outcome);
    }
  };
  await Promise.all([worker(), worker()]);
  return outcomes;
};

const { values } = parseArgs({ options: { 'no-tests': { type: 'boolean', default: false } } });
const checks = await runAll(STEPS);
const tests = values['no-tests'] ? [] : await runAll([TESTS]);
const failed = [...checks, ...tests].filter(({ passed }) => !passed);

for (const { step, output } of failed) console.log(`\n${step.name}:\n${output}`);
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.map(({ step }) => step.name).join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
