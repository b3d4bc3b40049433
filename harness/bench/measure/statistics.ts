import type { Round } from './row.ts';

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Zeros for no values. */
export const spreadOf = (values: readonly number[]): Spread => {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
  return { min: sorted[0] ?? 0, median, max: sorted.at(-1) ?? 0 };
};

export const perSecond = (rounds: readonly Round[]): Spread =>
  spreadOf(rounds.map(({ operations, seconds }) => operations / seconds));

/** Microseconds per operation of one kind of process. */
export const cpuOf = (rounds: readonly Round[], kind: string): Spread =>
  spreadOf(rounds.map(({ operations, cpuMicros }) => (cpuMicros[kind] ?? 0) / Math.max(1, operations)));

/** Every process but the load generator. */
export const systemCpuOf = (rounds: readonly Round[]): Spread =>
  spreadOf(
    rounds.map(({ operations, cpuMicros }) => {
      const kinds = Object.entries(cpuMicros).filter(([kind]) => kind !== 'load');
      return kinds.reduce((sum, [, micros]) => sum + micros, 0) / Math.max(1, operations);
    }),
  );

export const figureOf = (rounds: readonly Round[], name: string): Spread =>
  spreadOf(rounds.flatMap(({ figures }) => figures?.[name] ?? []));
