import { describe, expect, it } from 'vitest';
import type { Clock } from '../../platform/index.ts';
import { Meter, type Spend } from './meter.ts';

/** A ledger that all meters of a test share, and that answers when the test's next turn comes. */
const openTest = (limit: number) => {
  let nowMs = 0;
  const clock: Clock = { nowMs: () => nowMs, sleep: async () => {} };
  const told: number[] = [];
  const spent = new Map<string, number>();
  const spend: Spend = async (key, points) => {
    told.push(points);
    spent.set(key, (spent.get(key) ?? 0) + points);
    return { spent: spent.get(key) ?? 0, msLeft: 60_000 - nowMs };
  };
  const meter = () => new Meter({ limit, spend, clock });
  const setNow = (ms: number): void => {
    nowMs = ms;
  };
  return { meter, told, spent, setNow };
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const takeEach = async (meter: Meter, times: number): Promise<number> => {
  let served = 0;
  for (let time = 0; time < times; time += 1) {
    if (meter.take('a', 1) === 0) served += 1;
    await turn();
  }
  return served;
};

describe('a meter', () => {
  it('serves as much as the limit in a minute, and says how long to wait for more', async () => {
    const { meter, setNow } = openTest(40);
    const one = meter();
    expect(await takeEach(one, 45)).toBe(40);
    setNow(59_500);
    expect(one.take('a', 1)).toBe(1);
    expect(one.take('b', 1)).toBe(0);
    setNow(60_000);
    expect(one.take('a', 1)).toBe(0);
  });

  it('tells the ledger nothing of who asks little, and nothing of who is refused', async () => {
    const { meter, told } = openTest(40);
    const one = meter();
    one.take('a', 1);
    await turn();
    expect(told).toEqual([]);
    await takeEach(one, 100);
    expect(told.reduce((sum, points) => sum + points)).toBe(40);
    expect(told).toHaveLength(20);
  });

  it('waits for the ledger no longer than it is asked itself: what comes meanwhile is told together', async () => {
    const { meter, told } = openTest(40);
    const one = meter();
    for (let nth = 0; nth < 10; nth += 1) expect(one.take('a', 1)).toBe(0);
    await turn();
    one.take('a', 1);
    await turn();
    expect(told).toEqual([2, 9]);
  });

  it('shares a limit with other processes, but for a twentieth that each may not have told', async () => {
    const { meter } = openTest(40);
    const [one, other] = [meter(), meter()];
    let served = 0;
    for (let nth = 0; nth < 60; nth += 1) served += (await takeEach(one, 1)) + (await takeEach(other, 1));
    expect(served).toBeGreaterThanOrEqual(40);
    expect(served).toBeLessThanOrEqual(40 + 2 * 2);
  });

  it('ends its minute with that of the ledger, which another process began', async () => {
    const { meter, setNow } = openTest(40);
    await takeEach(meter(), 40);
    setNow(50_000);
    const late = meter();
    await takeEach(late, 3);
    expect(late.take('a', 1)).toBe(10);
  });

  it('serves who has anything left with the whole of one operation', async () => {
    const { meter } = openTest(40);
    const one = meter();
    expect([one.take('a', 39), one.take('a', 20), one.take('a', 1) > 0]).toEqual([0, 0, true]);
  });

  it('limits nothing with a limit of 0', async () => {
    expect(await takeEach(openTest(0).meter(), 100)).toBe(100);
  });
});
