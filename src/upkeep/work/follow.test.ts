import { describe, expect, it } from 'vitest';
import type { UpkeepStep } from '../runs/run.ts';
import type { Check, Finding } from '../verification/check.ts';
import type { Verdict } from '../verification/run-checks.ts';
import { followReplay, followVerification } from './follow.ts';

const found = (...names: readonly string[]): Finding => ({
  count: names.length,
  offenders: names.map((name) => ({ name, detail: 'is wrong' })),
});

const ruleOf = (rule: string): Check => ({ rule, find: async () => found() });
const verdictOf = (rule: string, finding: Finding, isRemark = false): Verdict => ({
  rule,
  finding,
  isRemark,
  seconds: 0,
});

/** What was told last. */
const listener = () => {
  let told: readonly UpkeepStep[] = [];
  return {
    tell: (steps: readonly UpkeepStep[]): void => void (told = steps),
    statuses: () => Object.fromEntries(told.map(({ name, status }) => [name, status])),
    step: (name: string) => told.find((step) => step.name === name),
  };
};

describe('a verification that is followed', () => {
  it('has a step a rule, from the first moment on', () => {
    const { tell, statuses } = listener();
    followVerification([ruleOf('one'), ruleOf('two')], tell);
    expect(statuses()).toEqual({ one: 'WAITING', two: 'WAITING' });
  });

  it('tells what holds, what is only suspected, what is broken and what is to be known of', () => {
    const { tell, statuses, step } = listener();
    const { onProgress, onVerdict } = followVerification(['a', 'b', 'c', 'd'].map(ruleOf), tell);
    onVerdict({ nth: 0, verdict: verdictOf('a', found()), isFinal: true });
    onVerdict({ nth: 1, verdict: verdictOf('b', found('x')), isFinal: false });
    onVerdict({ nth: 2, verdict: verdictOf('c', found('y'), true), isFinal: true });
    onProgress({ done: 3, total: 4, rule: 'd', share: 0.5 });
    expect(statuses()).toEqual({ a: 'HELD', b: 'SUSPECTED', c: 'NOTED', d: 'RUNNING' });
    expect(step('d')).toMatchObject({ share: 0.5, found: 0 });
    onVerdict({ nth: 1, verdict: verdictOf('b', found('x')), isFinal: true });
    expect(step('b')).toMatchObject({ status: 'BROKEN', share: 1, found: 1, offenders: [{ name: 'x' }] });
    onVerdict({ nth: 1, verdict: verdictOf('b', found()), isFinal: true });
    expect(step('b')).toMatchObject({ status: 'HELD', found: 0, offenders: [] });
  });

  it('names five of many, each as text that PostgreSQL takes, and no longer than a line', () => {
    const { tell, step } = listener();
    const { onVerdict } = followVerification([ruleOf('a')], tell);
    const names = Array.from({ length: 9 }, (_, nth) => `${nth}\0\ud800${'x'.repeat(1_000)}`);
    onVerdict({ nth: 0, verdict: verdictOf('a', found(...names)), isFinal: true });
    const { found: count, offenders = [] } = step('a') ?? {};
    expect([count, offenders.length]).toEqual([9, 5]);
    expect(offenders[0]?.name).toMatch(/^0��x{297}$/u);
  });
});

describe('a replay that is followed', () => {
  const comparison = { table: 'cart', rows: 7, differing: 2, examples: ['cart_1', 'cart_2'] };

  it('tells of its events, then of each table, then of the swap', () => {
    const { tell, statuses, step } = listener();
    const { onProgress, onStage } = followReplay(false, tell);
    expect(statuses()).toEqual({ events: 'WAITING', swap: 'WAITING' });
    onProgress({ events: 50, position: 60n, head: 120n });
    expect(step('events')).toMatchObject({ status: 'RUNNING', share: 0.5, checked: 50 });
    onStage({ type: 'Comparing', tables: ['cart', 'order'] });
    expect(Object.entries(statuses())).toEqual([
      ['events', 'HELD'],
      ['cart', 'WAITING'],
      ['order', 'WAITING'],
      ['swap', 'WAITING'],
    ]);
    onStage({ type: 'Compared', comparison });
    onStage({ type: 'Compared', comparison: { table: 'order', rows: 3, differing: 0, examples: [] } });
    expect(step('cart')).toMatchObject({ status: 'BROKEN', checked: 7, found: 2, offenders: [{ name: 'cart_1' }, {}] });
    onStage({ type: 'Swapped' });
    expect(statuses()).toMatchObject({ order: 'HELD', swap: 'HELD' });
  });

  it('has no swap in a dry run, and is through at once without events', () => {
    const { tell, statuses, step } = listener();
    const { onProgress } = followReplay(true, tell);
    onProgress({ events: 0, position: 0n, head: 0n });
    expect(statuses()).toEqual({ events: 'RUNNING' });
    expect(step('events')?.share).toBe(1);
  });
});
