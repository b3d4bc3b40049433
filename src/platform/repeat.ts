import type { Clock } from './clock.ts';

export interface Repetition {
  /** The pause before each round. */
  readonly everyMs: number;
  readonly clock: Clock;
  /** Told of a round that failed; the next one comes all the same. */
  readonly onFailure: (error: unknown) => void;
}

/** Does a round after each pause, one at a time, until disposed. Disposing waits for the round under way. */
export const repeat = (
  round: (signal: AbortSignal) => Promise<void>,
  { everyMs, clock, onFailure }: Repetition,
): AsyncDisposable => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await clock.sleep(everyMs, signal);
      await round(signal).catch(onFailure);
    }
  };
  const finished = run();
  return {
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await finished;
    },
  };
};
