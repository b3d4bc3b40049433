import { describe, expect, it } from 'vitest';
import { sleep } from './sleep.ts';

const NEVER_MS = 2_000_000_000;

describe('sleep', () => {
  it('ends early, without an error, when it is aborted', async () => {
    const controller = new AbortController();
    const sleeping = sleep(NEVER_MS, controller.signal);
    controller.abort();
    await expect(sleeping).resolves.toBeUndefined();
  });

  it('does not begin when it is aborted already', async () => {
    await expect(sleep(NEVER_MS, AbortSignal.abort())).resolves.toBeUndefined();
  });

  it('ends by itself', async () => {
    await expect(sleep(1, new AbortController().signal)).resolves.toBeUndefined();
  });
});
