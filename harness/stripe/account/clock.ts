/** Its time, which can be put forward: keys expire after a day, and nobody waits for it. */
export interface Clock {
  readonly now: () => number;
  readonly seconds: () => number;
  readonly advance: (ms: number) => void;
}

export const openClock = (): Clock => {
  let aheadMs = 0;
  const now = (): number => Date.now() + aheadMs;
  return { now, seconds: () => Math.floor(now() / 1_000), advance: (ms) => void (aheadMs += ms) };
};
