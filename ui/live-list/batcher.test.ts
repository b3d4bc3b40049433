import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Changed, openBatcher } from './batcher.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const opened = (given: { readonly fails?: number } = {}) => {
  const asked: string[] = [];
  let { fails = 0 } = given;
  let isResting = false;
  const batcher = openBatcher({
    everyMs: 250,
    isResting: () => isResting,
    ask: async (changed: Changed) => {
      asked.push(changed === 'all' ? changed : [...changed].join(' '));
      if (fails-- > 0) throw new Error('away');
    },
  });
  const rest = (rests: boolean): void => {
    isResting = rests;
    if (!rests) batcher.wake();
  };
  return { asked, batcher, rest };
};

describe('a batcher', () => {
  it('asks for the first change at once, and for those that follow together', async () => {
    const { asked, batcher } = opened();
    batcher.add('one');
    await vi.advanceTimersByTimeAsync(1);
    for (const id of ['two', 'three', 'two']) batcher.add(id);
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toEqual(['one']);
    await vi.advanceTimersByTimeAsync(50);
    expect(asked).toEqual(['one', 'two three']);
  });

  it('asks for nothing when nothing has changed', async () => {
    const { asked, batcher } = opened();
    batcher.add('one');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual(['one']);
  });

  it('forgets nothing when asking fails', async () => {
    const { asked, batcher } = opened({ fails: 1 });
    batcher.add('one');
    await vi.advanceTimersByTimeAsync(1);
    batcher.add('two');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(asked).toEqual(['one', 'one two']);
  });

  it('rests, and then asks for what came meanwhile', async () => {
    const { asked, batcher, rest } = opened();
    rest(true);
    batcher.add('one');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual([]);
    rest(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toEqual(['one']);
  });

  it('asks for all when too many have changed to be named', async () => {
    const { asked, batcher, rest } = opened();
    rest(true);
    for (let each = 0; each <= 1_000; each += 1) batcher.add(`id_${each}`);
    rest(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked).toEqual(['all']);
  });

  it('asks for nothing more once it is closed', async () => {
    const { asked, batcher } = opened();
    batcher.add('one');
    batcher.close();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual([]);
  });
});
