import { describe, expect, it } from 'vitest';
import { Random } from '../../support/random.ts';
import { meterMemory, ringOf } from './memory.ts';

describe('the ring', () => {
  it.each([1, 2, 3, 1_000])('leads through all of %d places and back', (places) => {
    const random = new Random(places);
    const ring = ringOf(places, () => random.next());
    const visited = new Set<number>();
    let place = 0;
    for (let step = 0; step < places; step += 1) {
      visited.add(place);
      place = ring[place] ?? -1;
    }
    expect(visited.size).toBe(places);
    expect(place).toBe(0);
  });
});

describe('the meter of memory', () => {
  it('tells the spread of what it saw', () => {
    const memory = meterMemory();
    expect(memory.accessNs()).toEqual({ min: 0, median: 0, max: 0 });
    for (let look = 0; look < 3; look += 1) memory.look();
    const { min, median, max } = memory.accessNs();
    expect(min).toBeGreaterThan(0);
    expect(median).toBeGreaterThanOrEqual(min);
    expect(max).toBeGreaterThanOrEqual(median);
  });
});
