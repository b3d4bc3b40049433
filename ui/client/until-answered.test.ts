import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { untilAnswered } from './until-answered.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Fails so often, and then answers with how often it was asked. */
const failing = (times: number) => {
  let asked = 0;
  const told: number[] = [];
  const ask = async (): Promise<number> => {
    asked += 1;
    if (asked <= times) throw new Error('away');
    return asked;
  };
  const end = untilAnswered(ask, (answer) => void told.push(answer));
  return { told, end, asked: () => asked };
};

describe('what is needed to begin', () => {
  it('is asked for again until it is answered, and then no more', async () => {
    const { told, asked } = failing(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([told, asked()]).toEqual([[3], 3]);
  });

  it('is asked for no more, and told to nobody, once that is ended', async () => {
    const away = failing(9);
    const there = failing(0);
    there.end();
    await vi.advanceTimersByTimeAsync(1);
    away.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([away.asked(), there.told]).toEqual([1, []]);
  });
});
