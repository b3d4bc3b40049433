import { describe, expect, it } from 'vitest';
import { repeat } from './repeat.ts';

/** A clock whose pauses end when told. */
const pausedClock = () => {
  const wakers: (() => void)[] = [];
  const sleep = (_ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      wakers.push(resolve);
      if (signal?.aborted === true) resolve();
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });
  return { clock: { nowMs: () => 0, sleep }, wake: () => wakers.pop()?.() };
};

describe('a repetition', () => {
  it('goes on after a round that failed, and tells of it', async () => {
    const { clock, wake } = pausedClock();
    const failures: unknown[] = [];
    let rounds = 0;
    const second = Promise.withResolvers<void>();
    await using _repetition = repeat(
      async () => {
        rounds += 1;
        if (rounds === 2) return second.resolve();
        setImmediate(wake);
        throw new Error('once');
      },
      { everyMs: 1, clock, onFailure: (error) => failures.push(error) },
    );
    wake();
    await second.promise;
    expect(failures).toEqual([new Error('once')]);
  });

  it('ends only when the round under way has ended', async () => {
    const { clock, wake } = pausedClock();
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    let isDone = false;
    const repetition = repeat(
      async () => {
        begun.resolve();
        await finish.promise;
        isDone = true;
      },
      { everyMs: 1, clock, onFailure: () => {} },
    );
    wake();
    await begun.promise;
    const disposed = repetition[Symbol.asyncDispose]();
    finish.resolve();
    await disposed;
    expect(isDone).toBe(true);
  });
});
