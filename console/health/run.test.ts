import { describe, expect, it } from 'vitest';
import { countOf, type Step, shareOf, verdictOf } from './run.ts';

const step = (status: Step['status'], share: number): Step => ({
  name: 'a rule',
  status,
  share,
  checked: null,
  found: 0,
  findings: [],
});

describe('a run', () => {
  it('is as far as its steps are, together', () => {
    expect(shareOf([step('HELD', 1), step('RUNNING', 0.5), step('WAITING', 0), step('WAITING', 0)])).toBe(0.375);
    expect(shareOf([])).toBeNull();
    expect(countOf([step('HELD', 1), step('RUNNING', 0.5)], 'HELD')).toBe(1);
  });

  it.each([
    ['WAITING', [], 'UnderWay'],
    ['RUNNING', [step('BROKEN', 1)], 'UnderWay'],
    ['COMPLETED', [step('HELD', 1), step('NOTED', 1)], 'Well'],
    ['COMPLETED', [step('HELD', 1), step('BROKEN', 1)], 'Broken'],
    ['CANCELLED', [step('BROKEN', 1)], 'Cancelled'],
    ['FAILED', [], 'Failed'],
  ] as const)('that is %s with %j has come to: %s', (status, steps, verdict) => {
    expect(verdictOf({ status, steps })).toBe(verdict);
  });
});
