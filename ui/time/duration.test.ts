import { describe, expect, it } from 'vitest';
import { durationIn } from './duration.ts';

describe('a duration', () => {
  it.each([
    [0, 'en', '0 ms'],
    [340, 'en', '340 ms'],
    [1_240, 'en', '1.2 sec'],
    [210_000, 'en', '3.5 min'],
    [5_400_000, 'en', '1.5 hr'],
    [86_400_000, 'en', '1 day'],
    [1_240, 'fr', '1,2 s'],
  ])('of %d ms is (%s) "%s"', (ms, language, words) => {
    expect(durationIn(ms, language).replaceAll(/\s/gu, ' ')).toBe(words);
  });
});
