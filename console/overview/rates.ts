import type { OverviewStatsShownFragment } from '../../ui/generated/operations.ts';

export type Stats = OverviewStatsShownFragment;

const LISTS = ['checkouts', 'confirmations', 'rejections', 'cancellations'] as const;
export type Rate = (typeof LISTS)[number];

const countOf = (stats: Stats): number =>
  LISTS.reduce((total, list) => total + stats[list].reduce((sum, each) => sum + each, 0), 0);

/**
 * Of two answers to the same question, the one that knows more: they come by two ways, and may overtake each other. Within one
 * bucket, counts only grow.
 */
export const newerOf = (one: Stats | undefined, other: Stats | undefined): Stats | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  const [oneFrom, otherFrom] = [Date.parse(one.from), Date.parse(other.from)];
  if (oneFrom !== otherFrom) return oneFrom > otherFrom ? one : other;
  return countOf(one) >= countOf(other) ? one : other;
};

/** What happened a second, of each bucket that is full: the last one is still filling, and would look like a fall. */
export const perSecond = (stats: Stats, rate: Rate): readonly number[] =>
  stats[rate].slice(0, -1).map((count) => count / stats.bucketSeconds);

/** How many there were over the whole window. */
export const totalOf = (stats: Stats, rate: Rate): number => stats[rate].reduce((sum, each) => sum + each, 0);
