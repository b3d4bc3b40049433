import { describe, expect, it } from 'vitest';
import { LeftEntries, type LeftEntriesOptions } from './left-entries.ts';

const IDLE_MS = 60_000;
const STREAM = 'stream';

/** At a time that stands still unless it is moved. */
const leftEntriesOf = (listPending: LeftEntriesOptions['entries']['listPending']) => {
  let nowMs = 1;
  const left = new LeftEntries({
    group: 'group',
    consumer: 'me',
    entries: { listPending, claim: async () => [] },
    clock: { nowMs: () => nowMs },
    claimIdleMs: IDLE_MS,
    fetch: (request) => request(),
    handle: async () => {},
  });
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { left, pass };
};

describe('what others have left', () => {
  it('is looked for twice in the time after which it counts as left', async () => {
    let looks = 0;
    const { left, pass } = leftEntriesOf(async () => {
      looks += 1;
      return [];
    });
    await left.look([STREAM]);
    pass(IDLE_MS / 2 - 1);
    await left.look([STREAM]);
    expect(looks).toBe(1);
    pass(1);
    await left.look([STREAM]);
    expect(looks).toBe(2);
  });

  it('is looked for again soon after a look that failed, but not at once: all else would wait for it', async () => {
    const { left, pass } = leftEntriesOf(() => Promise.reject(new Error('connection lost')));
    await expect(left.look([STREAM])).rejects.toThrow('connection lost');
    expect(left.untilLookMs).toBeGreaterThan(100);
    expect(left.untilLookMs).toBeLessThanOrEqual(1_000);
    await left.look([STREAM]);
    pass(1_000);
    await expect(left.look([STREAM])).rejects.toThrow('connection lost');
  });
});
