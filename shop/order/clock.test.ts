import { expect, it } from 'vitest';
import { clockOf } from './clock.ts';

it.each([
  [900_000, '15:00'],
  [65_400, '1:06'],
  [1, '0:01'],
  [0, '0:00'],
  [-5_000, '0:00'],
])('%i ms are %s', (ms, shown) => {
  expect(clockOf(ms)).toBe(shown);
});
