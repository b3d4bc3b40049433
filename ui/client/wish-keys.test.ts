import { describe, expect, it } from 'vitest';
import type { Outcome } from './outcome.ts';
import { WishKeys } from './wish-keys.ts';

const refused = (code: string): Outcome<never> => ({ kind: 'Refused', code, message: '' });

/** The keys of a wish, and of the same wish behind that outcome. */
const keysAround = (outcome: Outcome<unknown>): readonly string[] => {
  const keys = new WishKeys();
  const first = keys.keyOf('cancel');
  keys.settle('cancel', outcome);
  return [first, keys.keyOf('cancel')];
};

describe('the key of a wish', () => {
  it.each(['UNAVAILABLE', 'INTERNAL_SERVER_ERROR'])('stays after %s, for nobody knows whether it was done', (code) => {
    expect(new Set(keysAround(refused(code))).size).toBe(1);
  });

  it.each([refused('ORDER_CLOSED'), refused('RATE_LIMITED'), { kind: 'Done', value: 1 } as const])(
    'is another one after %j',
    (outcome) => {
      expect(new Set(keysAround(outcome)).size).toBe(2);
    },
  );

  it('is of that wish alone', () => {
    const keys = new WishKeys();
    expect(keys.keyOf('cancel')).not.toBe(keys.keyOf('pay'));
  });
});
