import { ENOUGH_MUTATIONS_PER_SECOND, type Load } from '../load.ts';
import type { Violation } from '../verdict/index.ts';

/** What a run came to. */
export interface Result {
  readonly seed: number;
  readonly workload: string;
  readonly faults: readonly string[];
  readonly minutes: number;
  readonly operations: {
    readonly ok: number;
    readonly rejected: number;
    readonly failed: number;
    readonly unknown: number;
  };
  /** Of those unknown, how many were still so after the same key had been asked again. */
  readonly unresolved: number;
  /** Before the first fault. */
  readonly load: Load;
  readonly faultsByKind: Readonly<Record<string, number>>;
  readonly struck: readonly {
    readonly kind: string;
    readonly what: string;
    readonly recoveredAfterMs: number | null;
  }[];
  readonly harnessFailures: readonly string[];
  readonly orders: Readonly<Record<string, number>>;
  readonly events: number;
  readonly entries: number;
  readonly deliveredTwice: number;
  readonly claims: number;
  readonly compensations: number;
  readonly subscriptions: { readonly watched: number; readonly connections: number; readonly updates: number };
  /** Questions about a cart or an order, and how many of them its owner asked and was told. */
  readonly intrusions: { readonly tried: number; readonly toldOwner: number };
  readonly recoveryMs: { readonly p50: number | null; readonly max: number | null };
  readonly quietAfterMs: number;
  readonly violations: readonly Violation[];
  /** Why the run proves nothing; empty when it does. */
  readonly voidBecause: readonly string[];
}

/** Not even a slow machine proves anything with less. */
const LEAST_MUTATIONS_PER_SECOND = 10;

const lackOfLoad = ({ mutationsPerSecond, shoppers, isAtLimit }: Load): readonly string[] => {
  const least = isAtLimit ? LEAST_MUTATIONS_PER_SECOND : ENOUGH_MUTATIONS_PER_SECOND;
  if (mutationsPerSecond >= least) return [];
  return [`only ${mutationsPerSecond.toFixed(0)} mutations/s of ${shoppers} shoppers before the first fault`];
};

/** What a run must have had to prove anything. */
export const voidReasons = ({
  load,
  deliveredTwice,
  claims,
  compensations,
  intrusions,
}: Pick<Result, 'load' | 'intrusions' | 'deliveredTwice' | 'claims' | 'compensations'>): readonly string[] => [
  ...lackOfLoad(load),
  ...(deliveredTwice === 0 ? ['nothing was delivered twice'] : []),
  ...(claims === 0 ? ['nothing was claimed'] : []),
  ...(compensations === 0 ? ['nothing was compensated'] : []),
  ...(intrusions.toldOwner === 0 ? ['no owner was told what strangers must not learn'] : []),
];

export const percentile = (values: readonly number[], share: number): number | null => {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
};
