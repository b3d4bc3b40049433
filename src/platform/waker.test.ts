import { describe, expect, it } from 'vitest';
import { Waker } from './waker.ts';

describe('a waker', () => {
  it('tells of what came up since it was listened to, before the sleep as well as in it', () => {
    const waker = new Waker();
    const signal = waker.listen();
    expect(signal.aborted).toBe(false);
    waker.wake();
    expect(signal.aborted).toBe(true);
  });

  it('tells nothing of what came up before', () => {
    const waker = new Waker();
    waker.wake();
    expect(waker.listen().aborted).toBe(false);
  });
});
