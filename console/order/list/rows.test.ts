import { describe, expect, it } from 'vitest';
import { rowsOf, shownRows, topOf } from './rows.ts';

const LONG = { count: 10_000, rowHeight: 44, viewHeight: 440 };

describe('the rows of a long list', () => {
  it('are those that are seen, and some around them', () => {
    expect(shownRows({ ...LONG, opened: null, scrollTop: 0 })).toEqual({
      from: 0,
      to: 19,
      above: 0,
      below: 9_981 * 44,
    });
    const middle = shownRows({ ...LONG, opened: null, scrollTop: 5_000 * 44 });
    expect(middle).toMatchObject({ from: 4_992, to: 5_019, above: 4_992 * 44 });
  });

  it('take up the room of all, wherever one stands and whatever is opened', () => {
    for (const opened of [
      null,
      { index: 0, height: 300 },
      { index: 4_999, height: 1_000 },
      { index: 9_999, height: 50 },
    ])
      for (const scrollTop of [0, 1, 219_000, 220_500, 300_000, 439_560]) {
        const window = { ...LONG, opened, scrollTop };
        const { from, to, above, below } = shownRows(window);
        const within = topOf(to, window) - topOf(from, window);
        expect(above + within + below).toBe(440_000 + (opened?.height ?? 0));
        expect(above).toBeLessThanOrEqual(scrollTop);
      }
  });

  it('go on with the opened row while its details are looked at', () => {
    const opened = { index: 10, height: 2_000 };
    expect(shownRows({ ...LONG, opened, scrollTop: 1_500 })).toMatchObject({ from: 2, to: 19 });
  });
});

describe('the rows of a list of steps', () => {
  it('are all that are not hidden, loaded or not', () => {
    expect(rowsOf([undefined, undefined, undefined], new Set([2]))).toEqual([1, 3]);
  });
});
