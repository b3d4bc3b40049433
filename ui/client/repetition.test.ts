import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Repetition } from './repetition.ts';

describe('a repetition', () => {
  let acts = 0;
  let isSeen = true;
  let repetition: Repetition;

  const begin = (act = async () => undefined): void => {
    repetition = new Repetition({
      act: async () => {
        acts += 1;
        await act();
      },
      everyMs: 5_000,
      isSeen: () => isSeen,
    });
  };

  beforeEach(() => {
    vi.useFakeTimers();
    acts = 0;
    isSeen = true;
  });
  afterEach(() => {
    repetition.end();
    vi.useRealTimers();
  });

  it('acts at once, and then each so often', async () => {
    begin();
    await vi.advanceTimersByTimeAsync(0);
    expect(acts).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(acts).toBe(3);
  });

  it('acts at once when it is wanted after a rest', async () => {
    begin();
    await vi.advanceTimersByTimeAsync(300);
    repetition.soon();
    await vi.advanceTimersByTimeAsync(1);
    expect(acts).toBe(2);
  });

  it('acts four times a second at most, and is not put off by who wants it again', async () => {
    begin();
    await vi.advanceTimersByTimeAsync(10);
    for (let passedMs = 0; passedMs < 1_000; passedMs += 10) {
      repetition.soon();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(acts).toBe(1 + 4);
  });

  it('acts once more when it is wanted while it acts, and never twice at one time', async () => {
    begin(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
    await vi.advanceTimersByTimeAsync(500);
    repetition.soon();
    await vi.advanceTimersByTimeAsync(499);
    expect(acts).toBe(1);
    await vi.advanceTimersByTimeAsync(251);
    expect(acts).toBe(2);
  });

  it('does nothing while nobody looks', async () => {
    isSeen = false;
    begin();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(acts).toBe(0);
    isSeen = true;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(acts).toBe(1);
  });

  it('goes on after a failure', async () => {
    begin(() => Promise.reject(new Error('away')));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(acts).toBe(2);
  });
});
