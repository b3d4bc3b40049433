import { type BackoffOptions, backoff } from './backoff.ts';
import type { Clock } from './clock.ts';

interface Cooldown {
  readonly times: number;
  readonly untilMs: number;
}

/** What is left alone for a while after a failure of its own, longer each time, so that the rest goes on. */
export class Cooldowns {
  readonly #clock: Clock;
  readonly #pause: (times: number) => number;
  readonly #cooldowns = new Map<string, Cooldown>();

  constructor(clock: Clock, pauses: BackoffOptions) {
    this.#clock = clock;
    this.#pause = backoff(pauses);
  }

  start(name: string): void {
    const times = (this.#cooldowns.get(name)?.times ?? 0) + 1;
    this.#cooldowns.set(name, { times, untilMs: this.#clock.nowMs() + this.#pause(times) });
  }

  end(name: string): void {
    this.#cooldowns.delete(name);
  }

  current(): readonly string[] {
    const nowMs = this.#clock.nowMs();
    return [...this.#cooldowns].filter(([, { untilMs }]) => untilMs > nowMs).map(([name]) => name);
  }
}
