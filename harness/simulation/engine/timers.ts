export interface Timer {
  readonly atMs: number;
  readonly fire: () => void;
  isCancelled: boolean;
}

/** Timers by their time; of those of one time the older first. */
export class Timers {
  readonly #sorted: Timer[] = [];

  add(atMs: number, fire: () => void): Timer {
    const timer: Timer = { atMs, fire, isCancelled: false };
    let index = this.#sorted.length;
    while (index > 0 && (this.#sorted[index - 1]?.atMs ?? 0) > atMs) index -= 1;
    this.#sorted.splice(index, 0, timer);
    return timer;
  }

  /** When the next one is due; infinity when there is none. */
  nextAtMs(): number {
    while (this.#sorted[0]?.isCancelled === true) this.#sorted.shift();
    return this.#sorted[0]?.atMs ?? Number.POSITIVE_INFINITY;
  }

  fireDue(nowMs: number): void {
    while (this.nextAtMs() <= nowMs) this.#sorted.shift()?.fire();
  }
}
