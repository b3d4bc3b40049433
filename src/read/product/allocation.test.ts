import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderHistory } from '../../../harness/support/recorded.ts';
import type { OrderEvent, Recorded } from '../../events/index.ts';
import {
  type Allocation,
  add,
  changeOf,
  evolveAllocation,
  NO_ALLOCATION,
  NO_DELTA,
  type StockDelta,
} from './allocation.ts';

const numbersOf = (changes: readonly (readonly [string, StockDelta])[], productId: string): StockDelta =>
  changes.filter(([id]) => id === productId).reduce((sum, [, delta]) => add(sum, delta), NO_DELTA);

/** The sum of all the changes that the events make, one after the other. */
const changesOf = (events: readonly Recorded<OrderEvent>[]): readonly (readonly [string, StockDelta])[] => {
  const changes: (readonly [string, StockDelta])[] = [];
  events.reduce<Allocation>((allocation, event) => {
    const next = evolveAllocation(allocation, event);
    changes.push(...changeOf(allocation, next));
    return next;
  }, NO_ALLOCATION);
  return changes;
};

describe('what an order holds', () => {
  it.each([
    ['Confirmed', { available: -5, reserved: 0, sold: 5 }],
    ['Rejected', NO_DELTA],
    ['Declined', NO_DELTA],
  ] as const)('once it is %s, is the same for every order and repetition of its events', (outcome, expected) => {
    const events = orderHistory('order_1', outcome) as readonly Recorded<OrderEvent>[];
    const anyOrder = fc.shuffledSubarray([...events, ...events], { minLength: 2 * events.length });
    fc.assert(
      fc.property(anyOrder, (given) => {
        expect(numbersOf(changesOf(given), 'prod_1')).toEqual(expected);
      }),
    );
  });

  it('is reserved until it is confirmed', () => {
    const events = orderHistory('order_1', 'Confirmed') as readonly Recorded<OrderEvent>[];
    expect(numbersOf(changesOf(events.slice(0, 4)), 'prod_1')).toEqual({ available: -5, reserved: 5, sold: 0 });
    expect(numbersOf(changesOf(events.slice(0, 5)), 'prod_1')).toEqual({ available: -5, reserved: 0, sold: 5 });
  });

  it('leaves the numbers at plain zero, so that they compare equal', () => {
    const { available } = numbersOf(
      changesOf(orderHistory('order_1', 'Declined') as readonly Recorded<OrderEvent>[]),
      'prod_1',
    );
    expect(Object.is(available, 0)).toBe(true);
  });
});
