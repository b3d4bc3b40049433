import type { Clock } from './clock.ts';

/**
 * Keeps starts apart. What each start costs is shared by all that came meanwhile; who comes after a quiet time waits for
 * nothing.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #everyMs: number;
  #nextAtMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, everyMs: number) {
    this.#clock = clock;
    this.#everyMs = everyMs;
  }

  /** Resolves when the next start is due, or when told to stop. */
  async due(signal?: AbortSignal): Promise<void> {
    const earlyMs = this.#nextAtMs - this.#clock.nowMs();
    if (earlyMs > 0) await this.#clock.sleep(earlyMs, signal);
  }

  started(): void {
    this.#nextAtMs = this.#clock.nowMs() + this.#everyMs;
  }

  /** There is a backlog: nobody would be spared anything by a pause. */
  hurry(): void {
    this.#nextAtMs = Number.NEGATIVE_INFINITY;
  }
}
