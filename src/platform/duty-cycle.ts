import type { Clock } from './clock.ts';

const LONGEST_MS = 25;

/**
 * Rests after work for as long as the work took, so that it leaves half of the time to others, and more comes together for
 * the next time. The busier the machine, the longer both are; who comes after a quiet time waits for nothing.
 */
export class DutyCycle {
  readonly #clock: Clock;
  #overAtMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when the rest is over, or when told to stop. */
  async rest(signal?: AbortSignal): Promise<void> {
    const leftMs = this.#overAtMs - this.#clock.nowMs();
    if (leftMs > 0) await this.#clock.sleep(leftMs, signal);
  }

  async work<T>(work: () => Promise<T>): Promise<T> {
    const startedAtMs = this.#clock.nowMs();
    const done = await work();
    const nowMs = this.#clock.nowMs();
    this.#overAtMs = nowMs + Math.min(nowMs - startedAtMs, LONGEST_MS);
    return done;
  }

  /** There was nothing to do, or there is so much that nobody would be spared anything. */
  skipRest(): void {
    this.#overAtMs = Number.NEGATIVE_INFINITY;
  }
}
