import { beforeEach, describe, expect, it } from 'vitest';
import { Rest } from './rest.ts';

let nowMs = 0;
let slept: number[] = [];
const clock = {
  nowMs: () => nowMs,
  sleep: async (ms: number) => {
    slept.push(ms);
    nowMs += ms;
  },
};
const working = (ms: number) => async (): Promise<string> => {
  nowMs += ms;
  return 'done';
};

beforeEach(() => {
  nowMs = 1_000;
  slept = [];
});

describe('a rest', () => {
  it('lasts as long as the work before it', async () => {
    const rest = new Rest(clock);
    await rest.isOver();
    expect(await rest.after(working(5))).toBe('done');
    await rest.isOver();
    await rest.isOver();
    expect(slept).toEqual([5]);
  });

  it('is over after a quiet time', async () => {
    const rest = new Rest(clock);
    await rest.after(working(5));
    nowMs += 2;
    await rest.isOver();
    await rest.after(working(5));
    nowMs += 5;
    await rest.isOver();
    expect(slept).toEqual([3]);
  });

  it('has an end, however long the work was', async () => {
    const rest = new Rest(clock);
    await rest.after(working(10_000));
    await rest.isOver();
    expect(slept).toEqual([25]);
  });

  it('can be left out', async () => {
    const rest = new Rest(clock);
    await rest.after(working(5));
    rest.skip();
    await rest.isOver();
    expect(slept).toEqual([]);
  });
});
