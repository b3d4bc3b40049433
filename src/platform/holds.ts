import { type BackoffOptions, backoff } from './backoff.ts';
import type { Clock } from './clock.ts';

interface Hold {
  readonly times: number;
  readonly untilMs: number;
}

/** What is left alone for a while after a failure of its own, longer each time, so that the rest goes on. */
export class Holds {
  readonly #clock: Clock;
  readonly #pause: (times: number) => number;
  readonly #holds = new Map<string, Hold>();

  constructor(clock: Clock, pauses: BackoffOptions) {
    this.#clock = clock;
    this.#pause = backoff(pauses);
  }

  hold(name: string): void {
    const times = (this.#holds.get(name)?.times ?? 0) + 1;
    this.#holds.set(name, { times, untilMs: this.#clock.nowMs() + this.#pause(times) });
  }

  release(name: string): void {
    this.#holds.delete(name);
  }

  current(): readonly string[] {
    const nowMs = this.#clock.nowMs();
    return [...this.#holds].filter(([, { untilMs }]) => untilMs > nowMs).map(([name]) => name);
  }
}
