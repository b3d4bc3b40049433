/** No timer waits longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A clock that is ahead takes a sign-in for over long before panier does: asked without a pause, it would say so without end. */
const SHORTEST_MS = 5_000;

/** panier takes a token for thirty seconds longer: clocks differ. */
const PAST_IT_MS = 31_000;

const waitMs = (expiresAt: string): number =>
  Math.min(LONGEST_TIMER_MS, Math.max(SHORTEST_MS, Date.parse(expiresAt) + PAST_IT_MS - Date.now()));

/**
 * Asks when a sign-in is over by this clock, and again and again: panier may say that it is not, or nothing.
 * @returns what ends that
 */
export const whenOver = (expiresAt: string, ask: () => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout>;
  const wait = (): void => {
    timer = setTimeout(() => {
      ask();
      wait();
    }, waitMs(expiresAt));
  };
  wait();
  return () => clearTimeout(timer);
};
