import { describe, expect, it } from 'vitest';
import { OptionsError } from '../support/command-line.ts';
import { readOptions } from './options.ts';

describe('the options of the traces’ proof', () => {
  it('buys ten thousand orders, and breaks nothing, unless told', () => {
    expect(readOptions([])).toMatchObject({ orders: 10_000, chaos: null, keep: false });
  });

  it('hands to chaos what is its own, with the same seed', () => {
    const { chaos, seed } = readOptions(['--chaos', '--faults', 'kill,flushall', '--minutes', '2', '--seed', '7']);
    expect(chaos).toMatchObject({ seed, minutes: 2, faults: ['kill', 'flushall'], inventory: 'ledger' });
  });

  it.each([
    [['--faults', 'kill'], '--chaos'],
    [['--orders', '0'], '--orders'],
    [['--orders', 'many'], '"many"'],
    [['--at-once', '-1'], '--at-once'],
    [['--chaos', '--faults', 'earthquake'], '"earthquake"'],
    [['--wrong'], '--wrong'],
  ])('refuses %j, and says why', (argv, says) => {
    expect(() => readOptions(argv)).toThrow(OptionsError);
    expect(() => readOptions(argv)).toThrow(says);
  });
});
