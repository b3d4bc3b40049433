import { describe, expect, it } from 'vitest';
import { Tally } from './tally.ts';

const told = <Label extends string>(tally: Tally<Label>) => {
  const sums: [object, number][] = [];
  tally.tell((labels, by) => sums.push([labels, by]));
  return sums;
};

describe('a tally', () => {
  it('sums what has the same labels, and tells each sum once', () => {
    const tally = new Tally(['command', 'outcome']);
    tally.inc({ command: 'checkout', outcome: 'done' });
    tally.inc({ outcome: 'done', command: 'checkout' }, 2);
    tally.inc({ command: 'checkout', outcome: 'failed' }, 0);
    expect(told(tally)).toEqual([
      [{ command: 'checkout', outcome: 'done' }, 3],
      [{ command: 'checkout', outcome: 'failed' }, 0],
    ]);
    tally.inc({ command: 'checkout', outcome: 'failed' });
    expect(told(tally).map(([, by]) => by)).toEqual([0, 1]);
  });

  it('takes none for another', () => {
    const tally = new Tally(['one', 'other']);
    tally.inc({ one: 'a', other: 'b' });
    tally.inc({ one: 'ab', other: '' });
    expect(told(tally)).toHaveLength(2);
  });

  it('counts what has no labels', () => {
    const tally = new Tally([]);
    tally.inc({});
    tally.inc({}, 4);
    expect(told(tally)).toEqual([[{}, 5]]);
  });
});
