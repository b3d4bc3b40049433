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
/** Node keeps a list of timers for each length: a new list for each millisecond costs more than the wait. */
const TIMER_STEP_MS = 50;

/** The work's result, or {@link Unavailable} at the deadline, up to 50 ms later; the work itself goes on. */
export const byDeadline = <T>(work: PromiseLike<T>, { atMs }: Deadline): Promise<T> => {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const leftMs = Math.min(Math.max(0, atMs - systemClock.nowMs()), LONGEST_TIMER_MS - TIMER_STEP_MS);
  const expire = guarded(() => reject(outOfTime()), reject);
  const timer = setTimeout(expire, Math.ceil(leftMs / TIMER_STEP_MS) * TIMER_STEP_MS);
  work.then(
    (result) => {
      clearTimeout(timer);
      return resolve(result);
    },
    (error: unknown) => {
      clearTimeout(timer);
      return reject(error);
    },
  );
  return promise;
};
