import { describe, expect, it } from 'vitest';
import { turnsOf } from './turns.ts';

const COUNTS = [1, 2, 3, 4, 5, 6, 7];

/** How often each comes right after each other one, within rounds. */
const followed = (count: number, rounds: number): ReadonlyMap<string, number> => {
  const pairs = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    const turns = turnsOf(count, round);
    for (const [nth, turn] of turns.entries())
      if (nth > 0) pairs.set(`${turns[nth - 1]} ${turn}`, (pairs.get(`${turns[nth - 1]} ${turn}`) ?? 0) + 1);
  }
  return pairs;
};

describe.each(COUNTS)('of %i', (count) => {
  it('each has its turn once a round, and each begins one', () => {
    const rounds = Array.from({ length: count }, (_, round) => turnsOf(count, round));
    const all = Array.from({ length: count }, (_, turn) => turn);
    for (const turns of rounds) expect(turns.toSorted((one, other) => one - other)).toEqual(all);
    expect(rounds.map(([first]) => first).toSorted((one, other) => (one ?? 0) - (other ?? 0))).toEqual(all);
  });

  it('each follows each other one equally often', () => {
    const pairs = followed(count, count * (1 + (count % 2)));
    expect(pairs.size).toBe(count * (count - 1));
    expect(new Set(pairs.values()).size).toBeLessThanOrEqual(1);
  });
});
