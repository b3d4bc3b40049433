import { describe, expect, it } from 'vitest';
import { newerOf, perSecond, type Stats, totalOf } from './rates.ts';

const stats = (from: string, checkouts: readonly number[]): Stats => ({
  from,
  bucketSeconds: 10,
  checkouts,
  confirmations: [0, 0, 0],
  rejections: [0, 0, 0],
  cancellations: [0, 0, 0],
  oldestOpenAt: null,
  orders: [],
  durations: [],
});
const EARLY = '2026-01-01T00:00:00.000Z';
const LATE = '2026-01-01T00:00:10.000Z';

describe('the statistics', () => {
  it('are those of the later window, whichever came last', () => {
    const [early, late] = [stats(EARLY, [5, 0, 0]), stats(LATE, [0, 0, 0])];
    expect(newerOf(early, late)).toBe(late);
    expect(newerOf(late, early)).toBe(late);
    expect(newerOf(undefined, early)).toBe(early);
  });

  it('are of one window those that count more', () => {
    const [less, more] = [stats(EARLY, [1, 0, 0]), stats(EARLY, [1, 0, 1])];
    expect(newerOf(less, more)).toBe(more);
    expect(newerOf(more, less)).toBe(more);
  });

  it('show no bucket that is still filling', () => {
    expect(perSecond(stats(EARLY, [20, 5, 1]), 'checkouts')).toEqual([2, 0.5]);
    expect(totalOf(stats(EARLY, [20, 5, 1]), 'checkouts')).toBe(26);
  });
});
