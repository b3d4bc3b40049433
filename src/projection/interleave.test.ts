import { describe, expect, it } from 'vitest';
import { NO_POSITIONS, positionsText } from '../events/index.ts';
import { interleave, type Walk } from './interleave.ts';
import type { Placed, Relation, Stretch } from './lanes.ts';

const eventAt = (partition: number, position: number): Placed => ({
  partition,
  position: BigInt(position),
  envelope: { eventId: `event_${position}`, aggregateId: `order_${position}`, causationId: null },
});

const stretch = (partition: number, positions: readonly number[], goesOn = false): Stretch<Placed> => ({
  partition,
  events: positions.map((position) => eventAt(partition, position)),
  readTo: BigInt(positions.at(-1) ?? 0),
  goesOn,
});

/** The event at one place comes before the one at the other; partitions and positions. */
const before = (earlier: readonly [number, number], later: readonly [number, number]): Relation => ({
  earlier: eventAt(...earlier),
  later: eventAt(...later),
});

const FORWARD: Walk = { from: NO_POSITIONS, direction: 'Forward', limit: 100 };
const orderOf = (
  stretches: readonly Stretch<Placed>[],
  relations: readonly Relation[],
  walk: Partial<Walk> = {},
): readonly number[] =>
  interleave(stretches, relations, { ...FORWARD, ...walk }).events.map(({ position }) => Number(position));

describe('the events of several partitions', () => {
  it('come by position where nothing else is known', () => {
    expect(orderOf([stretch(0, [1, 4, 5]), stretch(1, [2, 6]), stretch(2, [3])], [])).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('come behind what caused them, and what that needs, and hold up no others longer than that', () => {
    const stretches = [stretch(0, [1, 4]), stretch(1, [2, 6, 8]), stretch(2, [3, 7])];
    const relations = [before([1, 6], [0, 1]), before([2, 3], [1, 2])];
    expect(orderOf(stretches, relations)).toEqual([3, 2, 6, 1, 4, 7, 8]);
  });

  it('do not wait for each other for ever', () => {
    const stretches = [stretch(0, [1, 5]), stretch(1, [2, 6]), stretch(2, [9, 10])];
    const relations = [before([1, 6], [0, 1]), before([0, 5], [1, 2])];
    expect(orderOf(stretches, relations)).toEqual([1, 5, 2, 6, 9, 10]);
  });

  it('end where more of a partition would have to be known, and go on from there', () => {
    const stretches = [stretch(0, [1, 4, 9]), stretch(1, [2, 6], true)];
    const { events, to, goesOn } = interleave(stretches, [], FORWARD);
    expect(events.map(({ position }) => Number(position))).toEqual([1, 2, 4, 6]);
    expect([positionsText(to), goesOn]).toEqual(['4,6', true]);
    expect(orderOf(stretches, [before([1, 7], [0, 1])])).toEqual([2, 6]);
  });

  it('tell what was seen of each partition with every one of them', () => {
    const { events, to, goesOn } = interleave([stretch(0, [1, 4]), stretch(3, [2, 5])], [], {
      ...FORWARD,
      from: new Map([[2, 7n]]),
    });
    expect(events.map(({ seen }) => positionsText(seen))).toEqual(['1,,7', '1,,7,2', '4,,7,2', '4,,7,5']);
    expect([positionsText(to), goesOn]).toEqual(['4,,7,5', false]);
  });

  it('come the other way backward, what was caused before its cause', () => {
    const stretches = [stretch(0, [4, 1]), stretch(1, [6, 2])];
    const walk = { direction: 'Backward', from: new Map([[0, 4n]]).set(1, 6n) } as const;
    expect(orderOf(stretches, [], walk)).toEqual([6, 4, 2, 1]);
    expect(orderOf(stretches, [before([1, 6], [0, 1])], walk)).toEqual([4, 1, 6, 2]);
    const { events, to } = interleave(stretches, [], { ...walk, limit: 2 });
    expect(events.map(({ seen }) => positionsText(seen))).toEqual(['4,6', '4,5']);
    expect(positionsText(to)).toBe('3,5');
  });
});
