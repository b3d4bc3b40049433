import { describe, expect, it } from 'vitest';
import { backoff } from './backoff.ts';

describe('backoff', () => {
  it('doubles with each attempt up to its maximum', () => {
    const pause = backoff({ firstMs: 100, maxMs: 1_000, random: () => 1 });
    expect([1, 2, 3, 4, 5, 2_000].map(pause)).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it('spreads over the whole pause', () => {
    expect(backoff({ firstMs: 100, maxMs: 1_000, random: () => 0 })(4)).toBe(0);
    expect(backoff({ firstMs: 100, maxMs: 1_000, random: () => 0.5 })(4)).toBe(400);
  });
});
