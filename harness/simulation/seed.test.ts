import { describe, expect, it } from 'vitest';
import { runSeed } from './seed.ts';

const QUIET = { faults: [], links: { database: 0, bus: 0, provider: 0, inventory: 0 }, callFaults: 0 };
const seeds = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('a seed', () => {
  it('brings every order to its end when nothing fails', async () => {
    const { outcomes, violations, faults } = await runSeed({ seed: 1, keepsTrace: false, swarm: QUIET });
    expect(violations).toEqual([]);
    expect(faults.size).toBe(0);
    expect(outcomes.size).toBeGreaterThan(0);
    expect(['CANCELLED', 'CONFIRMED', 'REJECTED']).toEqual(expect.arrayContaining([...outcomes.keys()]));
  });

  it('replays step by step, whatever ran before it', async () => {
    const first = await runSeed({ seed: 7, keepsTrace: true });
    for (const seed of [1, 2, 3]) await runSeed({ seed, keepsTrace: false });
    const again = await runSeed({ seed: 7, keepsTrace: true });
    expect(again.trace).toEqual(first.trace);
    expect(again.digest).toBe(first.digest);
    expect(again.steps).toBeGreaterThan(100);
  });

  it('differs from every other', async () => {
    const digests = new Set<string>();
    for (const seed of seeds(10)) digests.add((await runSeed({ seed, keepsTrace: false })).digest);
    expect(digests.size).toBe(10);
  });

  it('leaves the clock and chance as they were', async () => {
    const before = Date.now();
    await runSeed({ seed: 1, keepsTrace: false });
    expect(Date.now()).toBeGreaterThanOrEqual(before);
    expect(Math.random()).not.toBe(Math.random());
  });
});

describe('many seeds', () => {
  it('end as they must, and meet what they are about', async () => {
    const counts = new Map<string, number>();
    for (const seed of seeds(100)) {
      const result = await runSeed({ seed, keepsTrace: false });
      expect(result.violations).toEqual([]);
      for (const [what, times] of result.counts) counts.set(what, (counts.get(what) ?? 0) + times);
    }
    const met = [
      'claims',
      'delivered again',
      'compensations',
      'pending charges',
      'no answer',
      'dead letters',
      'swept',
      'database LostReply',
      'inventory LostReply',
      'calls Delayed',
      'calls Doubled',
      'calls that took effect',
      'divided',
      'leases taken',
      'stored beside others',
    ];
    expect(met.filter((what) => !counts.has(what))).toEqual([]);
  });
});
