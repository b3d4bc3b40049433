import { beforeEach, describe, expect, it } from 'vitest';
import { DutyCycle } from './duty-cycle.ts';

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

describe('the rest of a duty cycle', () => {
  it('lasts as long as the work before it', async () => {
    const dutyCycle = new DutyCycle(clock);
    await dutyCycle.rest();
    expect(await dutyCycle.work(working(5))).toBe('done');
    await dutyCycle.rest();
    await dutyCycle.rest();
    expect(slept).toEqual([5]);
  });

  it('is over after a quiet time', async () => {
    const dutyCycle = new DutyCycle(clock);
    await dutyCycle.work(working(5));
    nowMs += 2;
    await dutyCycle.rest();
    await dutyCycle.work(working(5));
    nowMs += 5;
    await dutyCycle.rest();
    expect(slept).toEqual([3]);
  });

  it('has an end, however long the work was', async () => {
    const dutyCycle = new DutyCycle(clock);
    await dutyCycle.work(working(10_000));
    await dutyCycle.rest();
    expect(slept).toEqual([25]);
  });

  it('can be left out', async () => {
    const dutyCycle = new DutyCycle(clock);
    await dutyCycle.work(working(5));
    dutyCycle.skipRest();
    await dutyCycle.rest();
    expect(slept).toEqual([]);
  });
});
