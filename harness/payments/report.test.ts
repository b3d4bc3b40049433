import { describe, expect, it } from 'vitest';
import { voidBecause } from './report.ts';

const ENOUGH = {
  options: { faults: 0, payments: 0, kills: 0 },
  evidence: { cases: [], others: [], refused: [] },
  plays: new Map([['pays', 10]]),
  kills: 0,
  tally: { faults: {} },
  sales: { wanted: 10, confirmed: 8 },
} as unknown as Parameters<typeof voidBecause>[0];

describe('a run of payments', () => {
  it('proves something when most who paid were sold to', () => {
    expect(voidBecause(ENOUGH)).toEqual([]);
  });

  it('is void when the shop sold next to nothing', () => {
    expect(voidBecause({ ...ENOUGH, sales: { wanted: 10, confirmed: 7 } })).toEqual([
      'Only 7 of 10 who just paid by card were sold to.',
    ]);
  });
});
