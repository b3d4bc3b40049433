import { runScript } from './command.ts';
import type { Trial } from './trial.ts';

const VIOLATION = /^seed (\d+): (.+)$/;

export interface SimulateOptions {
  readonly directory: string;
  readonly seeds: number;
  /** Faults that are left out. */
  readonly without: readonly string[];
}

/** Simulates the copy, with the simulation inside the copy: it imports what it simulates. Ends with the first seed that fails. */
export const simulate = async ({ directory, seeds, without }: SimulateOptions): Promise<Trial> => {
  const violations: Trial[] = [];
  const { code, lastWords } = await runScript({
    directory,
    script: 'harness/simulation/run.ts',
    args: ['--seeds', String(seeds), '--without', without.join(',')],
    onLine: (line) => {
      const [, seed, violation] = VIOLATION.exec(line) ?? [];
      if (seed === undefined || violation === undefined) return 'GoOn';
      violations.push({ type: 'Caught', of: `seed ${seed}`, violation });
      return 'Stop';
    },
  });
  const [first] = violations;
  if (first !== undefined) return first;
  const of = `${seeds} seeds`;
  return code === 0 ? { type: 'Held', of } : { type: 'Void', of, why: lastWords };
};
