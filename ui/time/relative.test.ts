import { describe, expect, it } from 'vitest';
import { relative } from './relative.ts';

const NOW_MS = Date.UTC(2026, 0, 1);

describe('relative', () => {
  it.each([
    [0, 'now'],
    [-999, 'now'],
    [-1_000, '1 second ago'],
    [-59_999, '59 seconds ago'],
    [-60_000, '1 minute ago'],
    [7_200_000, 'in 2 hours'],
    [-3 * 86_400_000, '3 days ago'],
  ])('%i ms from now is "%s"', (deltaMs, words) => {
    expect(relative(NOW_MS + deltaMs, NOW_MS, 'en')).toBe(words);
  });

  it('speaks French', () => {
    expect(relative(NOW_MS - 60_000, NOW_MS, 'fr')).toBe('il y a 1 minute');
  });
});
