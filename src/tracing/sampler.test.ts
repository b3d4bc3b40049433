import { describe, expect, it } from 'vitest';
import { openRandomDigits } from './random-digits.ts';
import { samplerOf } from './sampler.ts';

const RECORDED = `00-${'a'.repeat(32)}-f067aa0ba902b7aa-01`;
const LEFT_OUT = `00-${'a'.repeat(32)}-f067aa0ba902b7aa-00`;
const SOME = 'a'.repeat(32);

const parents = [null, RECORDED, LEFT_OUT] as const;

describe('a sampler', () => {
  it.each([
    ['always_on', [true, true, true]],
    ['always_off', [false, false, false]],
    ['parentbased_always_on', [true, true, false]],
    ['parentbased_always_off', [false, true, false]],
  ] as const)(
    '%s takes traces of their own, and those whose parent is recorded, or is not: %s',
    (sampler, expected) => {
      const samples = samplerOf({ sampler, ratio: 1 });
      expect(parents.map((parent) => samples(SOME, parent))).toEqual(expected);
    },
  );

  it('by ratio takes that share', () => {
    const samples = samplerOf({ sampler: 'traceidratio', ratio: 0.25 });
    const digits = openRandomDigits();
    const taken = Array.from({ length: 20_000 }, () => samples(digits(32), null)).filter(Boolean);
    expect(taken.length / 20_000).toBeCloseTo(0.25, 1);
  });

  it.each(['traceidratio', 'parentbased_traceidratio'] as const)('%s takes all at 1, and none at 0', (sampler) => {
    const ids = [`${'0'.repeat(31)}1`, 'f'.repeat(32), `${'1'.repeat(18)}${'0'.repeat(14)}`];
    const taken = (ratio: number) => ids.map((id) => samplerOf({ sampler, ratio })(id, null));
    expect([taken(1), taken(0)]).toEqual([ids.map(() => true), ids.map(() => false)]);
  });

  it('by ratio alone heeds no parent, and parent-based it heeds nothing else', () => {
    const [least, most] = [`${'0'.repeat(31)}1`, 'f'.repeat(32)];
    const alone = samplerOf({ sampler: 'traceidratio', ratio: 0.5 });
    const based = samplerOf({ sampler: 'parentbased_traceidratio', ratio: 0.5 });
    expect([alone(least, RECORDED), alone(most, LEFT_OUT)]).toEqual([false, true]);
    expect([based(least, RECORDED), based(most, LEFT_OUT)]).toEqual([true, false]);
  });
});
