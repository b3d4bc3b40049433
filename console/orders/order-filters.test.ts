import { describe, expect, it } from 'vitest';
import { askedOf, isStill, ORDER_FILTERS, type OrderFilterName } from './order-filters.ts';

const values = (set: Partial<Record<OrderFilterName, string>> = {}): Record<OrderFilterName, string> => ({
  ...(Object.fromEntries(ORDER_FILTERS.map((name) => [name, ''])) as Record<OrderFilterName, string>),
  ...set,
});

describe('the filters of orders', () => {
  it('ask for all when none is set', () => {
    expect(askedOf(values())).toEqual({});
  });

  it('ask for what is set, and for nothing else', () => {
    const set = { status: 'PENDING,CONFIRMED', customer: 'ada', reason: 'OUT_OF_STOCK', failure: 'stock' };
    expect(askedOf(values(set))).toEqual({
      status: ['PENDING', 'CONFIRMED'],
      filter: { customerId: 'ada', failureReason: 'OUT_OF_STOCK', failure: 'stock' },
    });
  });

  it('tell an order that has gone on', () => {
    expect(isStill('CONFIRMED', values())).toBe(true);
    expect(isStill('CONFIRMED', values({ status: 'PENDING,CONFIRMED' }))).toBe(true);
    expect(isStill('CONFIRMED', values({ status: 'PENDING' }))).toBe(false);
  });
});
