/** Remembers when answers came. */
export class Stopwatch {
  #lastMs = performance.now();
  longestGapMs = 0;
  longestWaitMs = 0;

  begin(): void {
    this.#lastMs = performance.now();
    this.longestGapMs = 0;
    this.longestWaitMs = 0;
  }

  answered(sentAtMs: number): void {
    this.look();
    this.#lastMs = performance.now();
    this.longestWaitMs = Math.max(this.longestWaitMs, this.#lastMs - sentAtMs);
  }

  /** Counts the time since the last answer, too. */
  look(): void {
    this.longestGapMs = Math.max(this.longestGapMs, performance.now() - this.#lastMs);
  }
}
