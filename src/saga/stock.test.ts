import { describe, expect, it } from 'vitest';
import { MAX_STOCK } from '../events/index.ts';
import { adjust, emptyLevel, mergeLines, move, shortagesOf } from './stock.ts';

const level = { productId: 'prod_1', available: 5, reserved: 2, sold: 1 };

describe('merging lines', () => {
  it('adds up the lines of one product', () => {
    const lines = [
      { productId: 'prod_1', quantity: 2 },
      { productId: 'prod_2', quantity: 1 },
      { productId: 'prod_1', quantity: 3 },
    ];
    expect(mergeLines(lines)).toEqual([
      { productId: 'prod_1', quantity: 5 },
      { productId: 'prod_2', quantity: 1 },
    ]);
  });
});

describe('shortages', () => {
  const levels = new Map([[level.productId, level]]);

  it('are none when every line is available to the last unit', () => {
    expect(shortagesOf(levels, [{ productId: 'prod_1', quantity: 5 }])).toEqual([]);
  });

  it('name every short line, and nothing available of an unknown product', () => {
    const lines = [
      { productId: 'prod_1', quantity: 6 },
      { productId: 'prod_2', quantity: 1 },
    ];
    expect(shortagesOf(levels, lines)).toEqual([
      { productId: 'prod_1', requested: 6, available: 5 },
      { productId: 'prod_2', requested: 1, available: 0 },
    ]);
  });
});

describe('moving stock', () => {
  it('takes from one place what it puts into the other', () => {
    expect(move(level, { quantity: 2, from: 'reserved', to: 'sold' })).toEqual({ ...level, reserved: 0, sold: 3 });
    expect(move(level, { quantity: 1, from: 'sold', to: 'available' })).toEqual({ ...level, available: 6, sold: 0 });
  });
});

describe('adjusting stock', () => {
  it('changes what is available', () => {
    expect(adjust(level, -5)).toEqual({ ...level, available: 0 });
  });

  it('refuses to go below zero', () => {
    expect(adjust(level, -6)).toBeNull();
  });

  it('refuses more units than the bound, those held and sold included', () => {
    expect(adjust(emptyLevel('prod_1'), MAX_STOCK)).toMatchObject({ available: MAX_STOCK });
    expect(adjust(emptyLevel('prod_1'), MAX_STOCK + 1)).toBeNull();
    expect(adjust(level, MAX_STOCK - 7)).toBeNull();
    expect(adjust(level, MAX_STOCK - 8)).toMatchObject({ available: MAX_STOCK - 3 });
  });
});
