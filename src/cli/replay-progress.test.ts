import { describe, expect, it } from 'vitest';
import { describeProgress, progressTo } from './replay-progress.ts';

const halfway = { events: 1_500, position: 2_000n, head: 4_000n };

const writer = (isTTY: boolean) => {
  const written: string[] = [];
  let nowMs = 1_000;
  const progress = progressTo({ isTTY, write: (text) => written.push(text) }, () => nowMs);
  const at = (ms: number) => {
    nowMs = 1_000 + ms;
    progress.show(halfway);
  };
  return { written, at, end: () => progress[Symbol.dispose]() };
};

describe('the progress of a replay', () => {
  it('tells share, events, rate and time left', () => {
    expect(describeProgress(halfway, 500)).toBe(' 50 %  1,500 events  3,000/s  1 s left');
    expect(describeProgress(halfway, 90_000)).toContain('1 min 30 s left');
    expect(describeProgress({ events: 5, position: 9n, head: 4n }, 10)).toContain('100 %');
  });

  it('is a line every few seconds where there is no terminal', () => {
    const { written, at, end } = writer(false);
    for (const ms of [10, 2_000, 3_000, 3_500, 6_100]) at(ms);
    end();
    expect(written).toHaveLength(2);
    expect(written[0]).toMatch(/^ 50 %.*\n$/);
  });

  it('is a bar that is cleared away at the end on a terminal', () => {
    const { written, at, end } = writer(true);
    for (const ms of [10, 50, 120]) at(ms);
    end();
    expect(written).toHaveLength(3);
    expect(written[0]).toContain('█'.repeat(15) + '░'.repeat(15));
    expect(written[2]).toBe('\r\x1b[K');
  });
});
