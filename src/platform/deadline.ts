import { type Clock, systemClock } from './clock.ts';
import { Unavailable } from './failures.ts';
import { guarded } from './guarded.ts';

/** Until when an answer is of use. All waits of a request share one: limits of their own would add up. */
export interface Deadline {
  /** By the clock of the process. */
  readonly atMs: number;
}

/** For work that nobody waits for. */
export const NO_DEADLINE: Deadline = { atMs: Number.POSITIVE_INFINITY };

export const deadlineIn = (ms: number, clock: Pick<Clock, 'nowMs'> = systemClock): Deadline => ({
  atMs: clock.nowMs() + ms,
});

export const isPast = ({ atMs }: Deadline, clock: Pick<Clock, 'nowMs'> = systemClock): boolean => clock.nowMs() >= atMs;

/** The outcome of work that was not done by its deadline. */
export const outOfTime = (): Unavailable => new Unavailable('It took too long; whether it was done is unknown.');

/** @throws {Unavailable} after the deadline */
export const assertInTime = (deadline: Deadline, clock: Pick<Clock, 'nowMs'>): void => {
  if (isPast(deadline, clock)) throw outOfTime();
};

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The work's result, or {@link Unavailable} at the deadline; the work itself goes on. */
export const byDeadline = async <T>(work: PromiseLike<T>, { atMs }: Deadline): Promise<T> => {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const leftMs = Math.min(Math.max(0, atMs - systemClock.nowMs()), LONGEST_TIMER_MS);
  const timer = setTimeout(
    guarded(() => reject(outOfTime()), reject),
    leftMs,
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
