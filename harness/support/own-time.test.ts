import { describe, expect, it } from 'vitest';
import { sleep } from '../../src/platform/index.ts';
import { ownMs, ownSleep } from './own-time.ts';

/** As when the machine runs others. */
const freeze = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

const workedMs = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
};

const workFor = (ms: number): void => {
  const since = process.cpuUsage();
  while (workedMs(since) < ms);
};

describe('the time that a process had', () => {
  it('is what passes while it waits', async () => {
    expect(await ownMs(() => sleep(200))).toBeGreaterThan(50);
  });

  it('is what it works, though its event loop does not turn', async () => {
    expect(await ownMs(async () => workFor(300))).toBeGreaterThan(200);
  });

  it('is what is slept by it', async () => {
    const asleep = ownSleep(200);
    freeze(300);
    expect(await Promise.race([asleep.then(() => 'over'), sleep(0).then(() => 'asleep')])).toBe('asleep');
    await asleep;
  });

  it('is not what passes while it does not run', async () => {
    expect(await ownMs(async () => freeze(500))).toBeLessThan(250);
  });
});
