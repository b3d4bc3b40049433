import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spread } from './spread.ts';
import { type Unit, unitsOf } from './units.ts';

const READERS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

/** Any layout, any readers, and anything held by those readers or by ones that are gone. */
const situation = fc
  .record({
    partitions: fc.integer({ min: 1, max: 16 }),
    more: fc.integer({ min: 0, max: 8 }),
    readers: fc.shuffledSubarray(READERS, { minLength: 1 }),
    holders: fc.array(fc.constantFrom(...READERS, 'gone', null), { minLength: 25, maxLength: 25 }),
  })
  .map(({ partitions, more, readers, holders }) => {
    const units = unitsOf({ partitions, most: partitions + more });
    const heldBy = new Map<Unit, string>();
    for (const [nth, unit] of units.flat().entries()) {
      const holder = holders[nth];
      if (typeof holder === 'string' && readers.includes(holder)) heldBy.set(unit, holder);
    }
    return { units, readers, heldBy };
  });

const countsOf = (dealt: ReadonlyMap<Unit, string>, readers: readonly string[], units: readonly Unit[]) =>
  readers.map((reader) => units.filter((unit) => dealt.get(unit) === reader).length);

const expectEven = (counts: readonly number[]): void =>
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);

describe('the spreading of partitions over readers', () => {
  it('gives every unit to somebody, and to nobody two more than to another: of those that make the work, and of all', () => {
    fc.assert(
      fc.property(situation, ({ units, readers, heldBy }) => {
        const dealt = spread({ units, readers, heldBy });
        expect([...dealt.keys()].toSorted()).toEqual(units.flat().toSorted());
        for (const reader of dealt.values()) expect(readers).toContain(reader);
        expectEven(countsOf(dealt, readers, units[0]));
        expectEven(countsOf(dealt, readers, units.flat()));
      }),
    );
  });

  it('is the same for whoever looks, in whatever order the readers are seen', () => {
    fc.assert(
      fc.property(situation, ({ units, readers, heldBy }) => {
        const one = spread({ units, readers, heldBy });
        expect(spread({ units, readers: readers.toReversed(), heldBy })).toEqual(one);
      }),
    );
  });

  it('changes no more once it is so', () => {
    fc.assert(
      fc.property(situation, ({ units, readers, heldBy }) => {
        const dealt = spread({ units, readers, heldBy });
        expect(spread({ units, readers, heldBy: dealt })).toEqual(dealt);
      }),
    );
  });

  it('takes nothing from a reader that has not too many', () => {
    fc.assert(
      fc.property(situation, ({ units, readers, heldBy }) => {
        const [busy] = units;
        const dealt = spread({ units: [busy], readers, heldBy });
        const least = Math.floor(busy.length / readers.length);
        for (const reader of readers) {
          const held = busy.filter((unit) => heldBy.get(unit) === reader);
          const kept = held.filter((unit) => dealt.get(unit) === reader);
          expect(kept.length).toBeGreaterThanOrEqual(Math.min(held.length, least));
        }
      }),
    );
  });

  it('moves what is needed alone when a reader comes, and when one goes', () => {
    const units = unitsOf({ partitions: 8, most: 8 });
    const two = spread({ units, readers: ['a', 'b'], heldBy: new Map() });
    const three = spread({ units, readers: ['a', 'b', 'c'], heldBy: two });
    const moved = units.flat().filter((unit) => three.get(unit) !== two.get(unit));
    expect(moved).toHaveLength(3);
    expect(new Set(moved.map((unit) => three.get(unit)))).toEqual(new Set(['c']));
    const left = new Map([...three].filter(([, reader]) => reader !== 'a'));
    const again = spread({ units, readers: ['b', 'c'], heldBy: left });
    for (const [unit, reader] of left) expect(again.get(unit)).toBe(reader);
  });

  it('gives the streams that nobody writes to any more to whoever has least of the others', () => {
    const units = unitsOf({ partitions: 3, most: 3 });
    const dealt = spread({ units, readers: ['a', 'b'], heldBy: new Map([['plain', 'a']] as const) });
    expect(countsOf(dealt, ['a', 'b'], units.flat())).toEqual([2, 2]);
    expect(new Set(countsOf(dealt, ['a', 'b'], units[0]))).toEqual(new Set([1, 2]));
  });
});
