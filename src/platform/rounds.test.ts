import { describe, expect, it } from 'vitest';
import { Rounds } from './rounds.ts';

const openRounds = () => {
  const ends: (() => void)[] = [];
  const served: number[] = [];
  let waiting = 0;
  const rounds = new Rounds({
    maxAtOnce: 2,
    worthAnother: 3,
    waiting: () => waiting,
    next: () => {
      served.push(waiting);
      waiting = 0;
      return new Promise((resolve) => void ends.push(resolve));
    },
  });
  const come = (): Promise<void> => {
    waiting += 1;
    return rounds.run();
  };
  return { ends, served, come };
};

describe('a round', () => {
  it('begins at once for one alone; who comes meanwhile waits for the next', async () => {
    const { ends, served, come } = openRounds();
    const first = come();
    await Promise.all([come(), come()]);
    expect(served).toEqual([1]);
    ends.shift()?.();
    await expect.poll(() => served).toEqual([1, 2]);
    ends.shift()?.();
    await first;
  });

  it('is joined by another when many wait, and by no third one', async () => {
    const { ends, served, come } = openRounds();
    const running = Array.from({ length: 9 }, come);
    expect(served).toEqual([1, 3]);
    while (ends.length > 0) {
      ends.shift()?.();
      await new Promise(setImmediate);
    }
    await Promise.all(running);
    expect(served).toEqual([1, 3, 5]);
  });

  it('that fails is told to who began it, and holds up none that follows', async () => {
    let waiting = 1;
    const rounds = new Rounds({
      maxAtOnce: 1,
      worthAnother: 1,
      waiting: () => waiting,
      next: async () => {
        waiting = 0;
        throw new Error('no');
      },
    });
    await expect(rounds.run()).rejects.toThrow('no');
    waiting = 1;
    await expect(rounds.run()).rejects.toThrow('no');
  });
});
