import type { SeedResult } from './seed.ts';

const add = (sums: Map<string, number>, more: ReadonlyMap<string, number>): void => {
  for (const [name, number] of more) sums.set(name, (sums.get(name) ?? 0) + number);
};

const listed = (sums: ReadonlyMap<string, number>): string =>
  [...sums]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, number]) => `${name} ${number}`)
    .join(', ');

/** What many seeds came to. */
export class Tally {
  readonly failed: number[] = [];
  readonly #faults = new Map<string, number>();
  readonly #outcomes = new Map<string, number>();
  readonly #counts = new Map<string, number>();
  seeds = 0;
  steps = 0;

  add(result: SeedResult): void {
    this.seeds += 1;
    this.steps += result.steps;
    if (result.violations.length > 0) this.failed.push(result.seed);
    add(this.#faults, result.faults);
    add(this.#outcomes, result.outcomes);
    add(this.#counts, result.counts);
  }

  lines(seconds: number): readonly string[] {
    return [
      `seeds      ${this.seeds} in ${seconds.toFixed(1)} s, ${Math.round((this.seeds / seconds) * 60)} a minute; ${this.steps} steps`,
      `orders     ${listed(this.#outcomes)}`,
      `happened   ${listed(this.#counts)}`,
      `faults     ${listed(this.#faults)}`,
      `violations ${this.failed.length === 0 ? 'none' : `in ${this.failed.length} seeds: ${this.failed.slice(0, 10).join(', ')}`}`,
    ];
  }
}

/** What is wrong, each with the events of whom it concerns, and how to see it again. */
export const storiesOf = ({ seed, violations, storyOf }: SeedResult): readonly string[] => {
  const told = new Set<string>();
  const lines = violations.flatMap(({ rule, what, aggregateId }) => {
    const line = `seed ${seed}: ${rule}: ${what}${aggregateId === undefined ? '' : ` (${aggregateId})`}`;
    if (aggregateId === undefined || told.has(aggregateId)) return [line];
    told.add(aggregateId);
    return [line, ...storyOf(aggregateId).map((event) => `    ${event}`)];
  });
  return [...lines, `  npm run simulate -- --seed ${seed}`];
};
