import { describe, expect, it } from 'vitest';
import { CONTROL } from './options.ts';
import { isAsItShouldBe, type Row } from './row.ts';
import type { Trial } from './trial.ts';

const CAUGHT: Trial = { type: 'Caught', of: 'seed 1', violation: 'oversold' };
const HELD: Trial = { type: 'Held', of: '1000 seeds' };
const VOID: Trial = { type: 'Void', of: 'seed 1', why: 'only 20 mutations/s' };

const SKIPPED: Trial = { type: 'Skipped' };

const rowWith = (number: number, trials: Pick<Row, 'simulate' | 'chaos' | 'test'>): Row => ({
  number,
  name: '',
  change: '',
  ...trials,
});
const row = (number: number, simulate: Trial, chaos: Trial): Row => rowWith(number, { simulate, chaos, test: SKIPPED });

describe('a mutant', () => {
  it('is as it should be when one of both caught it', () => {
    expect(isAsItShouldBe(row(1, CAUGHT, HELD))).toBe(true);
    expect(isAsItShouldBe(row(1, VOID, CAUGHT))).toBe(true);
  });

  it('is as it should be when its test alone caught it', () => {
    expect(isAsItShouldBe(rowWith(18, { simulate: SKIPPED, chaos: HELD, test: CAUGHT }))).toBe(true);
  });

  it('is not when both let it pass, or prove nothing', () => {
    expect(isAsItShouldBe(row(1, HELD, HELD))).toBe(false);
    expect(isAsItShouldBe(row(1, HELD, VOID))).toBe(false);
  });
});

describe('the control', () => {
  it('is as it should be when both held it', () => {
    expect(isAsItShouldBe(row(CONTROL, HELD, HELD))).toBe(true);
  });

  it('is not when one reports a violation, or proves nothing', () => {
    expect(isAsItShouldBe(row(CONTROL, HELD, CAUGHT))).toBe(false);
    expect(isAsItShouldBe(row(CONTROL, HELD, VOID))).toBe(false);
  });
});
