import { describe, expect, it } from 'vitest';
import { byDeadline, deadlineIn, isPast, NO_DEADLINE } from './deadline.ts';
import { Unavailable } from './failures.ts';
import { sleep } from './sleep.ts';

describe('work with a deadline', () => {
  it('gives what it gave in time, and its own failure', async () => {
    expect(await byDeadline(Promise.resolve(7), deadlineIn(1_000))).toBe(7);
    await expect(byDeadline(Promise.reject(new Error('its own')), deadlineIn(1_000))).rejects.toThrow('its own');
  });

  it('is of unknown outcome when the deadline has come, however many waits it is made of', async () => {
    const deadline = deadlineIn(50);
    const startedAtMs = performance.now();
    const waits = Array.from({ length: 5 }, () => byDeadline(sleep(5_000), deadline));
    const ends = await Promise.allSettled(waits);
    const reasons = ends.map((end) => end.status === 'rejected' && end.reason instanceof Unavailable);
    expect(reasons).toEqual(waits.map(() => true));
    await expect(byDeadline(sleep(5_000), deadline)).rejects.toBeInstanceOf(Unavailable);
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
    expect(isPast(deadline)).toBe(true);
    expect(isPast(NO_DEADLINE)).toBe(false);
  });
});
