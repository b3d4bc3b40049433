import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

const paceOf = () => new Pace({ maxConcurrency: 4, firstMs: 1_000, maxMs: 8_000, random: () => 1 });
const at = (nowMs: number, retryAfterMs: number | null = null) => ({ nowMs, retryAfterMs });

describe('the pace', () => {
  it('begins with one and grows by successes, to its limit', () => {
    const pace = paceOf();
    const seen = [pace.allowed(0)];
    for (let nth = 0; nth < 5; nth += 1) {
      pace.succeeded();
      seen.push(pace.allowed(0));
    }
    expect(seen).toEqual([1, 2, 3, 4, 4, 4]);
  });

  it('falls to one with a failure', () => {
    const pace = paceOf();
    pace.succeeded();
    pace.succeeded();
    pace.failed(1n, at(0));
    expect(pace.allowed(0)).toBe(1);
  });

  it('stops after three failures of different events, for one attempt after each pause', () => {
    const pace = paceOf();
    for (const position of [1n, 2n, 3n]) pace.failed(position, at(0));
    expect([pace.isOpen, pace.allowed(999), pace.allowed(1_000)]).toEqual([true, 0, 1]);
    pace.failed(4n, at(1_000));
    expect([pace.allowed(2_999), pace.allowed(3_000)]).toEqual([0, 1]);
    for (let nth = 0; nth < 10; nth += 1) pace.failed(4n, at(3_000));
    expect([pace.allowed(10_999), pace.allowed(11_000)]).toEqual([0, 1]);
  });

  it('takes it for the event when one alone fails, however often', () => {
    const pace = paceOf();
    for (let nth = 0; nth < 10; nth += 1) pace.failed(1n, at(0));
    expect([pace.isOpen, pace.allowed(0)]).toEqual([false, 1]);
  });

  it('is as before with the first success, which tells whether the endpoint came back', () => {
    const pace = paceOf();
    expect(pace.succeeded()).toBe(false);
    for (const position of [1n, 2n, 3n]) pace.failed(position, at(0));
    expect(pace.succeeded()).toBe(true);
    expect([pace.isOpen, pace.allowed(0)]).toEqual([false, 2]);
  });

  it('waits as long as the receiver asks for', () => {
    const pace = paceOf();
    pace.failed(1n, at(0, 5_000));
    expect([pace.allowed(4_999), pace.allowed(5_000)]).toEqual([0, 1]);
  });
});
