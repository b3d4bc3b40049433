import { sleep } from '../../../src/platform/index.ts';

const POLL_MS = 20;

/** Looks at a count that grows, and remembers for how long it did not. */
export class Silence implements AsyncDisposable {
  readonly #count: () => number;
  readonly #stopping = new AbortController();
  readonly #watched: Promise<void>;
  #last = 0;
  #sinceMs = performance.now();
  #longestMs = 0;

  constructor(count: () => number) {
    this.#count = count;
    this.#watched = this.#watch();
  }

  /** The longest time without anything new since this was asked last. */
  take(): number {
    const longestMs = Math.max(this.#longestMs, performance.now() - this.#sinceMs);
    this.#longestMs = 0;
    this.#sinceMs = performance.now();
    return longestMs;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await this.#watched;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const count = this.#count();
      if (count !== this.#last) {
        this.#longestMs = Math.max(this.#longestMs, performance.now() - this.#sinceMs);
        this.#sinceMs = performance.now();
      }
      this.#last = count;
      await sleep(POLL_MS, signal);
    }
  }
}
