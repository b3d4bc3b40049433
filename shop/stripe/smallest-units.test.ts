import { expect, it } from 'vitest';
import { smallestUnits } from './smallest-units.ts';

it.each([
  ['1399.98', 'EUR', 139_998],
  ['0.10', 'EUR', 10],
  ['700', 'JPY', 700],
  ['700', 'ISK', 70_000],
  ['1.250', 'KWD', 1_250],
])('%s %s are %i', (amount, currency, units) => {
  expect(smallestUnits({ amount, currency })).toBe(units);
});
