/** The first and the largest pause; `random` returns [0, 1). */
export type BackoffOptions = {
  readonly firstMs: number;
  readonly maxMs: number;
  readonly random?: () => number;
};

/**
 * Exponential back-off with full jitter: attempt 1 waits up to `firstMs`, each further one up to twice as long, none longer than `maxMs`.
 * Returns the pause in milliseconds for an attempt, counted from 1.
 */
export const backoff =
  ({ firstMs, maxMs, random = () => Math.random() }: BackoffOptions) =>
  (attempt: number): number =>
    Math.round(random() * Math.min(maxMs, firstMs * 2 ** (attempt - 1)));
