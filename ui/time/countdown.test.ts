import { describe, expect, it } from 'vitest';
import { countdownText } from './countdown.ts';

describe('a clock that runs down', () => {
  it.each([
    [872_000, '14:32'],
    [500, '0:01'],
    [0, '0:00'],
    [-1_000, '0:00'],
    [3_723_000, '1:02:03'],
  ])('with %i ms left shows "%s"', (ms, text) => {
    expect(countdownText(ms)).toBe(text);
  });
});
