import type { Operation } from '../operation/operation.ts';
import type { Finding } from '../oracle/judge.ts';

/** A finding with the operation that had it, made as small as it could be made. */
export interface Failure extends Finding {
  readonly operation: Operation;
  /** What the smallest operation was answered with. */
  readonly again: string;
  times: number;
}

/** Rules that are about what a resolver did: by each field it may be another mistake. The others are about a lane. */
const OF_RESOLVERS: ReadonlySet<string> = new Set([
  'a defect',
  'late',
  'two answers to one key',
  'a refusal changed something',
  'a refusal harmed what it named',
]);

const signatureOf = ({ roots, document }: Operation, { rule }: Finding): string =>
  OF_RESOLVERS.has(rule) && document !== null ? `${rule} | ${roots.join(' ')}` : rule;

/** What came of all operations. */
export class Tally {
  readonly failures: Failure[] = [];
  readonly #outcomes = new Map<string, number>();
  readonly #known = new Map<string, Failure>();
  readonly hostile = new Map<string, number>();
  #latencies: number[] = [];
  operations = 0;

  add({ type, lane, hostile }: Operation, outcome: string, ms: number): void {
    this.operations += 1;
    const key = `${type} ${lane} ${outcome}`;
    this.#outcomes.set(key, (this.#outcomes.get(key) ?? 0) + 1);
    for (const kind of hostile) this.hostile.set(kind, (this.hostile.get(kind) ?? 0) + 1);
    this.#latencies.push(ms);
  }

  /** Whether a failure is of a kind that was not met before: then it is worth to be made small. */
  isNews(operation: Operation, finding: Finding): boolean {
    const known = this.#known.get(signatureOf(operation, finding));
    if (known !== undefined) known.times += 1;
    return known === undefined;
  }

  fail(operation: Operation, finding: Finding): Failure {
    const failure: Failure = { ...finding, operation, again: '', times: 1 };
    this.#known.set(signatureOf(operation, finding), failure);
    this.failures.push(failure);
    return failure;
  }

  replace(failure: Failure, smaller: Pick<Failure, 'operation' | 'again'>): void {
    const index = this.failures.indexOf(failure);
    if (index >= 0) this.failures[index] = Object.assign(failure, smaller);
  }

  /** Answers with that code. */
  count(code: string): number {
    return [...this.#outcomes].filter(([key]) => key.includes(code)).reduce((sum, [, times]) => sum + times, 0);
  }

  get outcomes(): readonly (readonly [string, number])[] {
    return [...this.#outcomes].toSorted(([left], [right]) => left.localeCompare(right));
  }

  /** In milliseconds, of first answers. */
  percentile(share: number): number {
    const sorted = this.#latencies.toSorted((left, right) => left - right);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  }
}
