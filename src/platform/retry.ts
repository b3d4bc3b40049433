import { type BackoffOptions, backoff } from './backoff.ts';
import type { Clock } from './clock.ts';

export interface Retrying {
  /** Whether the same again may help. Any other failure is thrown at once. */
  readonly mayPass: (error: unknown) => boolean;
  readonly pauses: BackoffOptions;
  /** How often it is tried at most; without it, until it succeeds or `signal` aborts. */
  readonly attempts?: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** Told of each failure after which it is tried again; what it throws, ends it. */
  readonly onFailure?: (error: unknown) => void;
}

/**
 * What `work` resolves with, tried again after a pause that grows, with jitter, for as long as its failures may pass. An
 * abort cuts the pause short, and makes the next failure the last one. @throws the last failure
 */
export const retry = async <T>(work: () => Promise<T>, retrying: Retrying): Promise<T> => {
  const { mayPass, pauses, attempts, clock, signal, onFailure } = retrying;
  const pauseMs = backoff(pauses);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!mayPass(error) || attempt === attempts || signal?.aborted === true) throw error;
      onFailure?.(error);
    }
    await clock.sleep(pauseMs(attempt), signal);
  }
};

interface Running extends Pick<Retrying, 'pauses' | 'clock' | 'onFailure'> {
  readonly signal: AbortSignal;
}

/**
 * Runs work that ends only when `signal` tells it to, again from its start after whatever ended it, and a pause that grows.
 * The work says when it goes well: the pauses begin anew then. Never rejects.
 */
export const keepRunning = async (
  work: (goesWell: () => void) => Promise<unknown>,
  { signal, pauses, clock, onFailure }: Running,
): Promise<void> => {
  const pauseMs = backoff(pauses);
  let failures = 0;
  const goesWell = (): void => {
    failures = 0;
  };
  while (!signal.aborted) {
    try {
      await work(goesWell);
    } catch (error) {
      failures += 1;
      onFailure?.(error);
      await clock.sleep(pauseMs(failures), signal);
    }
  }
};
