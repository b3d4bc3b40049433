import { describe, expect, it } from 'vitest';
import type { DrillReport } from './drill.ts';
import { isKept, type Outcome, rowOf } from './report.ts';

const CLIENTS = {
  commands: 400,
  failed: 0,
  refused: 3,
  repeated: 7,
  longestGapMs: 640,
  longestWaitMs: 900,
  subscriptions: 30,
  broken: 4,
  resumed: 4,
} as const satisfies DrillReport['clients'];

const outcomeWith = (clients: Partial<DrillReport['clients']>, lost: readonly string[] = []): Outcome => ({
  drill: { name: 'try' },
  seconds: 61.4,
  end: { type: 'Done', report: { did: 'one|two\nthree', clients: { ...CLIENTS, ...clients }, lost } },
});
const BROKEN_OFF: Outcome = { drill: { name: 'try' }, seconds: 2, end: { type: 'BrokenOff', because: 'no server' } };

describe('a drill', () => {
  it('keeps its promise when no command failed, every subscription went on, and nothing was lost', () => {
    expect(isKept(outcomeWith({}))).toBe(true);
  });

  it.each([
    ['a command failed', outcomeWith({ failed: 1 })],
    ['a subscription did not go on', outcomeWith({ resumed: 3 })],
    ['something was lost', outcomeWith({}, ['I-3 order_1: it is not there'])],
    ['nobody asked for anything', outcomeWith({ commands: 0 })],
    ['it broke off', BROKEN_OFF],
  ])('breaks it when %s', (_what, outcome) => expect(isKept(outcome)).toBe(false));
});

describe('the row of a drill', () => {
  it('says what was done and what was seen, in cells that hold neither lines nor bars', () => {
    expect(rowOf(outcomeWith({}))).toBe(String.raw`| try | one\|two three | 0 of 400 | 0.6 s | 4, 4 | nothing | 61 |`);
  });

  it('says how much was lost, and the first of it', () => {
    expect(rowOf(outcomeWith({}, ['a', 'b']))).toContain('| 2: a |');
  });

  it('says why a drill broke off', () => {
    expect(rowOf(BROKEN_OFF)).toBe('| try | broken off: no server |  |  |  |  | 2 |');
  });
});
