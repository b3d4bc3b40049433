import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

const drawn = (random: Random): readonly number[] => Array.from({ length: 20 }, () => random.next());

describe('numbers that a seed decides', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(drawn(new Random(7))).toEqual(drawn(new Random(7)));
    expect(drawn(new Random(7))).not.toEqual(drawn(new Random(8)));
  });

  it('are spread from the first one on, also over neighbouring seeds', () => {
    const first = Array.from({ length: 1_000 }, (_, seed) => new Random(seed).next());
    const tenths = Map.groupBy(first, (number) => Math.floor(number * 10));
    for (let tenth = 0; tenth < 10; tenth += 1) expect(tenths.get(tenth)?.length).toBeGreaterThan(60);
  });

  it('come by a name, whatever was drawn before', () => {
    const random = new Random(7);
    const before = drawn(random.named('ada'));
    expect(drawn(random.named('bob'))).not.toEqual(before);
    expect(drawn(random.named('ada'))).toEqual(before);
  });

  it('are not moved by what a fork draws', () => {
    const [left, right] = [new Random(7), new Random(7)];
    drawn(left.fork());
    right.fork();
    expect(drawn(left)).toEqual(drawn(right));
  });

  it('are whole and within both bounds', () => {
    const random = new Random(7);
    const seen = new Set(Array.from({ length: 200 }, () => random.integer(3, 5)));
    expect([...seen].toSorted((left, right) => left - right)).toEqual([3, 4, 5]);
  });

  it('shuffle a list without losing any of it', () => {
    const list = [1, 2, 3, 4, 5, 6, 7, 8];
    const shuffled = new Random(7).shuffle(list);
    expect(shuffled).not.toEqual(list);
    expect(shuffled.toSorted((left, right) => left - right)).toEqual(list);
  });
});
