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
  readonly faultsByKind: Readonly<Record<string, number>>;
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

const struckOf = ({ faultsByKind }: ChaosResult): string =>
  Object.entries(faultsByKind)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(' + ');

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
    const script = 'harness/chaos/run.ts';
    const { code, lastWords } = await runScript({ directory: PROJECT, script, args, onLine: () => 'GoOn' });
    // It ends with 1 also when it cannot start: then there is no result.
    const result = VERDICT_CODES.includes(code) ? resultIn(file) : null;
    const struck = result === null ? faults : struckOf(result);
    const of = `seed ${seed}, ${workload}, ${struck}, ${Math.round((performance.now() - startedAt) / 1_000)} s`;
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
