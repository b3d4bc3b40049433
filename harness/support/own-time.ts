const TICK_MS = 10;
/** A turn of the event loop that took longer, and did not work so long, waited for the machine. */
const TURN_MS = 2 * TICK_MS;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/**
 * Milliseconds that `work` took of those that this process had: without those in which the machine ran others alone. So a
 * bound on it tells of the work, however busy the machine is.
 */
export const ownMs = async (work: () => PromiseLike<unknown>): Promise<number> => {
  let [atMs, workedMs, own] = [performance.now(), cpuMs(), 0];
  const count = (): void => {
    const [nowMs, nowWorkedMs] = [performance.now(), cpuMs()];
    own += Math.min(nowMs - atMs, Math.max(TURN_MS, nowWorkedMs - workedMs));
    [atMs, workedMs] = [nowMs, nowWorkedMs];
  };
  const ticks = setInterval(count, TICK_MS);
  try {
    await work();
  } finally {
    clearInterval(ticks);
  }
  count();
  return own;
};
