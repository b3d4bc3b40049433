import { sleep } from '../../src/platform/index.ts';

const TICK_MS = 10;
/** A turn of the event loop that took longer, and did not work so long, waited for the machine. */
const TURN_MS = 2 * TICK_MS;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

export interface OwnClock extends Disposable {
  readonly nowMs: () => number;
}

/**
 * Tells the milliseconds that this process had: without those in which the machine ran others alone. So a bound on what
 * work takes tells of the work, however busy the machine is.
 */
export const openOwnClock = (): OwnClock => {
  let [atMs, workedMs, ownMs] = [performance.now(), cpuMs(), 0];
  const nowMs = (): number => {
    const [nextMs, nextWorkedMs] = [performance.now(), cpuMs()];
    ownMs += Math.min(nextMs - atMs, Math.max(TURN_MS, nextWorkedMs - workedMs));
    [atMs, workedMs] = [nextMs, nextWorkedMs];
    return ownMs;
  };
  const ticks = setInterval(nowMs, TICK_MS);
  return { nowMs, [Symbol.dispose]: () => clearInterval(ticks) };
};

/** Milliseconds that `work` took, of those that this process had. */
export const ownMs = async (work: () => PromiseLike<unknown>): Promise<number> => {
  using clock = openOwnClock();
  await work();
  return clock.nowMs();
};

/** Resolves when this process has had so many milliseconds. */
export const ownSleep = async (ms: number): Promise<void> => {
  using clock = openOwnClock();
  while (clock.nowMs() < ms) await sleep(TICK_MS);
};
