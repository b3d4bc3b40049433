/** Of a list of durations; null when there is none. */
export interface Spread {
  readonly p50: number | null;
  readonly max: number | null;
}

interface Recovered {
  readonly kind: string;
  /** Null when it took too long. */
  readonly recoveredAfterMs: number | null;
}

const percentile = (values: readonly number[], share: number): number | null => {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
};

/** How long an order took that was begun when a fault was over, in milliseconds. */
export const recoveryOf = (struck: readonly Recovered[]): Spread => {
  const times = struck.flatMap(({ recoveredAfterMs }) => recoveredAfterMs ?? []);
  return { p50: percentile(times, 0.5), max: percentile(times, 1) };
};

export const recoveryByKind = (struck: readonly Recovered[]): Readonly<Record<string, Spread>> =>
  Object.fromEntries([...Map.groupBy(struck, ({ kind }) => kind)].map(([kind, same]) => [kind, recoveryOf(same)]));
