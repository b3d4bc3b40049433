import { describe, expect, it } from 'vitest';
import { Signal } from '../engine/signal.ts';
import { type Locks, Table, Transaction } from './transaction.ts';

const open = () => {
  const locks: Locks = { holders: new Map(), sharers: new Map(), released: new Signal() };
  return { table: new Table<number>('table'), begin: () => new Transaction(locks) };
};

describe('a simulated transaction', () => {
  it('is seen by others when it commits, and not before', () => {
    const { table, begin } = open();
    const [one, other] = [begin(), begin()];
    one.write(table, 'a', 1);
    expect([one.read(table, 'a'), other.read(table, 'a')]).toEqual([1, undefined]);
    one.commit();
    expect(other.read(table, 'a')).toBe(1);
  });

  it('leaves nothing when it is rolled back', () => {
    const { table, begin } = open();
    const one = begin();
    one.write(table, 'a', 1);
    one.rollBack();
    expect(begin().read(table, 'a')).toBeUndefined();
    expect(() => one.commit()).toThrow('Connection terminated');
  });

  it('makes others wait for what it locked, until it ends', () => {
    const { table, begin } = open();
    const [one, other] = [begin(), begin()];
    expect(one.lock(table, 'a')).toBe(true);
    expect(other.lock(table, 'a')).toHaveProperty('until');
    one.commit();
    expect(other.lock(table, 'a')).toBe(true);
  });

  it('is refused when its waiting would be for ever', () => {
    const { table, begin } = open();
    const [one, other] = [begin(), begin()];
    one.lock(table, 'a');
    other.lock(table, 'b');
    one.lock(table, 'b');
    expect(() => other.lock(table, 'a')).toThrow('deadlock detected');
  });

  it('shares what others share, and waits for all of them where it does not', () => {
    const { table, begin } = open();
    const [one, other, third] = [begin(), begin(), begin()];
    expect([one.share(table, 'a'), other.share(table, 'a')]).toEqual([true, true]);
    expect(third.lock(table, 'a')).toHaveProperty('until');
    one.commit();
    expect(third.lock(table, 'a')).toHaveProperty('until');
    other.lock(table, 'b');
    expect(() => other.lock(table, 'c')).not.toThrow();
    other.commit();
    expect(third.lock(table, 'a')).toBe(true);
    expect(begin().share(table, 'a')).toHaveProperty('until');
  });

  it('is refused when one of those that it would wait for waits for it', () => {
    const { table, begin } = open();
    const [one, other, third] = [begin(), begin(), begin()];
    one.share(table, 'a');
    other.share(table, 'a');
    third.lock(table, 'b');
    other.lock(table, 'b');
    expect(() => third.lock(table, 'a')).toThrow('deadlock detected');
  });
});
