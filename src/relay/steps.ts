import type { Clock } from '../platform/index.ts';

/**
 * What is under way to the streams, one step to each. A stream whose step takes longer than the patience is left to itself:
 * until its end has been taken, nothing more is to go there.
 */
export class Steps<T> {
  readonly #clock: Clock;
  readonly #patienceMs: number | undefined;
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #ended = new Map<string, PromiseSettledResult<T>>();

  constructor(clock: Clock, patienceMs: number | undefined) {
    this.#clock = clock;
    this.#patienceMs = patienceMs;
  }

  /** The streams that have one whose end was not taken yet. */
  streams(): readonly string[] {
    return [...this.#underWay.keys(), ...this.#ended.keys()];
  }

  /** Waits for these steps, for as long as the patience lasts. */
  async begin(steps: ReadonlyMap<string, Promise<T>>): Promise<void> {
    const all = Promise.all([...steps].map(([stream, step]) => this.#begin(stream, step)));
    if (this.#patienceMs === undefined || steps.size === 0) return void (await all);
    const enough = new AbortController();
    await Promise.race([all, this.#clock.sleep(this.#patienceMs, enough.signal)]);
    enough.abort();
  }

  /** Waits for all of them. */
  async end(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  /** How those ended that have ended; each is told once. */
  take(): readonly PromiseSettledResult<T>[] {
    const ends = [...this.#ended.values()];
    this.#ended.clear();
    return ends;
  }

  #begin(stream: string, step: Promise<T>): Promise<void> {
    const kept = this.#keep(stream, step);
    this.#underWay.set(stream, kept);
    return kept;
  }

  async #keep(stream: string, step: Promise<T>): Promise<void> {
    const [end] = await Promise.allSettled([step]);
    this.#underWay.delete(stream);
    this.#ended.set(stream, end);
  }
}
