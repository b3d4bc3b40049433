import { beforeEach, describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

let nowMs = 0;
let slept: number[] = [];
const clock = {
  nowMs: () => nowMs,
  sleep: async (ms: number) => {
    slept.push(ms);
    nowMs += ms;
  },
};

beforeEach(() => {
  nowMs = 1_000;
  slept = [];
});

describe('a pace', () => {
  it('lets the first start at once, and the next one when its time has passed', async () => {
    const pace = new Pace(clock, 20);
    await pace.due();
    pace.started();
    nowMs += 5;
    await pace.due();
    expect(slept).toEqual([15]);
  });

  it('keeps nobody waiting after a quiet time', async () => {
    const pace = new Pace(clock, 20);
    pace.started();
    nowMs += 20;
    await pace.due();
    expect(slept).toEqual([]);
  });

  it('keeps nobody waiting in a backlog', async () => {
    const pace = new Pace(clock, 20);
    pace.started();
    pace.hurry();
    await pace.due();
    expect(slept).toEqual([]);
  });
});
