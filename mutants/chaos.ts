import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript } from './command.ts';
import type { ChaosSettings } from './mutant.ts';
import { PROJECT } from './project-copy.ts';
import type { Trial } from './trial.ts';

interface ChaosResult {
  readonly violations: readonly { readonly invariant: string; readonly subject: string; readonly message: string }[];
  readonly voidBecause: readonly string[];
}

const VERDICT_CODES: readonly (number | null)[] = [0, 1, 2];

const argsOf = ({ seed, minutes, faults, workload, rate }: ChaosSettings): readonly string[] => [
  '--seed',
  String(seed),
  '--minutes',
  String(minutes),
  '--faults',
  faults,
  '--workload',
  workload,
  ...(rate === undefined ? [] : ['--rate', String(rate)]),
];

const judged = ({ violations, voidBecause }: ChaosResult, of: string): Trial => {
  const [first] = violations;
  if (first !== undefined) {
    const more = violations.length > 1 ? ` (and ${violations.length - 1} more)` : '';
    return { type: 'Caught', of, violation: `${first.invariant} ${first.subject}: ${first.message}${more}` };
  }
  return voidBecause.length > 0 ? { type: 'Void', of, why: voidBecause.join('; ') } : { type: 'Held', of };
};

/** Lets chaos run the copy; the harness itself is not of the copy. */
export const runChaos = async (directory: string, settings: ChaosSettings): Promise<Trial> => {
  const { seed, faults, workload } = settings;
  const startedAt = performance.now();
  const results = mkdtempSync(join(tmpdir(), 'panier-mutant-result-'));
  try {
    const file = join(results, 'result.json');
    const args = [...argsOf(settings), '--project', directory, '--json', file];
    const script = 'chaos/run.ts';
    const { code, lastWords } = await runScript({ directory: PROJECT, script, args, hear: () => 'GoOn' });
    const of = `seed ${seed}, ${workload}, ${faults}, ${Math.round((performance.now() - startedAt) / 1_000)} s`;
    if (!VERDICT_CODES.includes(code)) return { type: 'Void', of, why: lastWords };
    // It ends with 1 also when it cannot start: then there is no result.
    const result = resultIn(file);
    return result === null ? { type: 'Void', of, why: lastWords } : judged(result, of);
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
};

const resultIn = (file: string): ChaosResult | null => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ChaosResult;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};
