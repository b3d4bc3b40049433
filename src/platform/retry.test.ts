import { describe, expect, it } from 'vitest';
import type { Clock } from './clock.ts';
import { keepRunning, type Retrying, retry } from './retry.ts';

class Passing extends Error {}

/** A clock that only notes how long it was asked to sleep. */
const notingClock = (): Clock & { readonly pausesMs: number[] } => {
  const pausesMs: number[] = [];
  return { nowMs: () => 0, sleep: async (ms) => void pausesMs.push(ms), pausesMs };
};

const retrying = (given: Partial<Retrying>): Retrying => ({
  mayPass: (error) => error instanceof Passing,
  pauses: { firstMs: 100, maxMs: 400, random: () => 1 },
  clock: notingClock(),
  ...given,
});

/** Fails with each of these, and resolves with how often it was tried then. */
const failingWith = (...errors: readonly Error[]) => {
  let tries = 0;
  return async (): Promise<number> => {
    const error = errors[tries];
    tries += 1;
    if (error !== undefined) throw error;
    return tries;
  };
};

const passing = (count: number): readonly Error[] =>
  Array.from({ length: count }, (_, nth) => new Passing(`${nth + 1}`));

describe('trying again', () => {
  it('pauses for longer after each failure that may pass, and resolves with what comes of it', async () => {
    const clock = notingClock();
    const told: unknown[] = [];
    const failures = passing(5);
    const onFailure = (error: unknown): void => void told.push(error);
    expect(await retry(failingWith(...failures), retrying({ clock, onFailure }))).toBe(6);
    expect(clock.pausesMs).toEqual([100, 200, 400, 400, 400]);
    expect(told).toEqual(failures);
  });

  it('ends with the last failure when it was tried as often as it may be', async () => {
    const clock = notingClock();
    await expect(retry(failingWith(...passing(5)), retrying({ clock, attempts: 3 }))).rejects.toThrow('3');
    expect(clock.pausesMs).toHaveLength(2);
  });

  it('ends at once with what does not pass', async () => {
    const clock = notingClock();
    const work = failingWith(new Passing('passes'), new Error('does not'));
    await expect(retry(work, retrying({ clock }))).rejects.toThrow('does not');
    expect(clock.pausesMs).toHaveLength(1);
  });

  it('ends with the first failure after an abort', async () => {
    const stopping = new AbortController();
    const clock: Clock = { nowMs: () => 0, sleep: async () => stopping.abort() };
    await expect(retry(failingWith(...passing(5)), retrying({ clock, signal: stopping.signal }))).rejects.toThrow('2');
  });
});

describe('what is kept running', () => {
  it('begins again after pauses that grow, and anew when it went well', async () => {
    const clock = notingClock();
    const stopping = new AbortController();
    const told: unknown[] = [];
    let runs = 0;
    const work = async (goesWell: () => void): Promise<void> => {
      runs += 1;
      if (runs === 4) goesWell();
      if (runs < 6) throw new Error(`${runs}`);
      stopping.abort();
    };
    const onFailure = (error: unknown): void => void told.push((error as Error).message);
    const pauses = { firstMs: 100, maxMs: 300, random: () => 1 };
    await keepRunning(work, { signal: stopping.signal, pauses, clock, onFailure });
    expect(clock.pausesMs).toEqual([100, 200, 300, 100, 200]);
    expect(told).toEqual(['1', '2', '3', '4', '5']);
  });

  it('ends without a word when it fails after the signal', async () => {
    const stopping = new AbortController();
    let runs = 0;
    const work = async (): Promise<never> => {
      runs += 1;
      stopping.abort();
      throw new Error('too late');
    };
    await keepRunning(work, { signal: stopping.signal, pauses: { firstMs: 100, maxMs: 300 }, clock: notingClock() });
    expect(runs).toBe(1);
  });
});
