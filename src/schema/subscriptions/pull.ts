import { byDeadline, type Deadline, retry, systemClock, Unavailable } from '../../platform/index.ts';
import type { Watch } from '../../read/index.ts';

/** What a stream is written with. */
export interface Pull {
  /** Aborts when the subscriber left or the server stops. */
  readonly signal: AbortSignal;
  /** Resolves when something of the topics may have changed since the last call, and when the signal aborts. */
  readonly change: () => Promise<void>;
  /** Reads, again and again while the database is away. @throws what does not pass, and the last failure once the signal aborts. */
  readonly read: <T>(read: () => Promise<T>) => Promise<T>;
}

const persistent = <T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> =>
  retry(read, {
    mayPass: (error) => error instanceof Unavailable,
    pauses: { firstMs: 100, maxMs: 2_000 },
    clock: systemClock,
    signal,
  });

/**
 * A pull on what is watched. Until the stream waits for its first change it is still being answered: what it reads is
 * there by the deadline, or it fails as any other answer does.
 */
export const pullOf = (watch: Pick<Watch, 'next'>, signal: AbortSignal, deadline: Deadline): Pull => {
  let isAnswered = false;
  return {
    signal,
    change: () => {
      isAnswered = true;
      return watch.next(signal);
    },
    read: (read) => {
      const reading = persistent(read, signal);
      return isAnswered ? reading : byDeadline(reading, deadline);
    },
  };
};
