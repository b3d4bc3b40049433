import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { naturalIdOf } from './natural-id.ts';

const sorted = (ids: readonly string[]): readonly string[] =>
  ids.toSorted((one, other) => (naturalIdOf(one) < naturalIdOf(other) ? -1 : 1));

describe('the natural order of ids', () => {
  it('has numbers in the order of numbers', () => {
    const ids = ['prod_1', 'prod_2', 'prod_10', 'prod_10.9', 'prod_10.11', 'prod_a', 'prod_a2', 'prod_a10b', 'prod_b'];
    expect(sorted(ids.toReversed())).toEqual(ids);
    expect(sorted(['prod_010', 'prod_9'])).toEqual(['prod_9', 'prod_010']);
  });

  it('has any two numbers in their order', () => {
    const number = fc.bigInt({ min: 0n, max: 10n ** 95n - 1n });
    fc.assert(
      fc.property(number, number, (one, other) => {
        expect(naturalIdOf(`prod_${one}`) < naturalIdOf(`prod_${other}`)).toBe(one < other);
      }),
    );
  });
});
