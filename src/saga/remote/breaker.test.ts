import { beforeEach, describe, expect, it } from 'vitest';
import { openLogger } from '../../platform/index.ts';
import { Breaker } from './breaker.ts';

let nowMs: number;
let breaker: Breaker;

beforeEach(() => {
  nowMs = 0;
  breaker = new Breaker({ clock: { nowMs: () => nowMs }, logger: openLogger('silent'), failures: 3, restMs: 1_000 });
});

const fail = (times: number): void => {
  for (let nth = 0; nth < times; nth += 1) {
    breaker.admits();
    breaker.settled(false);
  }
};

describe('a breaker', () => {
  it('lets all calls through until so many in a row have failed', () => {
    fail(2);
    expect([breaker.admits(), breaker.admits()]).toEqual([true, true]);
    fail(1);
    expect(breaker.admits()).toBe(false);
  });

  it('is trusted while the last call was answered, and not before the first', () => {
    const seen = [breaker.isTrusted];
    breaker.settled(true);
    seen.push(breaker.isTrusted);
    fail(1);
    expect([...seen, breaker.isTrusted]).toEqual([false, true, false]);
  });

  it('counts those in a row alone', () => {
    fail(2);
    breaker.settled(true);
    fail(2);
    expect(breaker.admits()).toBe(true);
  });

  it('lets one call try once it has rested', () => {
    fail(3);
    nowMs = 999;
    expect(breaker.admits()).toBe(false);
    nowMs = 1_000;
    expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
  });

  it('rests again when that fails, and closes when it does not', () => {
    fail(3);
    nowMs = 1_000;
    fail(1);
    expect(breaker.admits()).toBe(false);
    nowMs = 2_000;
    expect(breaker.admits()).toBe(true);
    breaker.settled(true);
    expect([breaker.admits(), breaker.admits()]).toEqual([true, true]);
  });

  it('lets another try when the one that might did not', () => {
    fail(3);
    nowMs = 1_000;
    expect(breaker.admits()).toBe(true);
    breaker.withdrawn();
    expect(breaker.admits()).toBe(true);
  });
});
