import { describe, expect, it } from 'vitest';
import { readThreshold, thresholdIn } from './threshold.ts';

describe('the threshold', () => {
  it.each([
    [null, 60],
    ['', 60],
    ['900', 900],
    ['0', 0],
    ['-1', 60],
    ['1e3', 60],
    ['9999999999', 2_147_483_647],
  ])('%j is %d seconds', (given, seconds) => {
    expect(readThreshold(given)).toBe(seconds);
  });

  it.each([
    [10, 'en', '10 seconds'],
    [60, 'en', '1 minute'],
    [90, 'en', '90 seconds'],
    [7_200, 'fr', '2\u00a0heures'],
    [86_400, 'en', '1 day'],
  ])('%d in words (%s) is "%s"', (seconds, language, words) => {
    expect(thresholdIn(seconds, language)).toBe(words);
  });
});
