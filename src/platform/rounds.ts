export interface RoundsOptions {
  /** Rounds under way at once. */
  readonly maxAtOnce: number;
  /** How many who wait are worth one more beside another. Fewer wait for that to end, and others join them. */
  readonly worthAnother: number;
  readonly waiting: () => number;
  /** Does what is to be done for those who wait, or for some of them. */
  readonly next: () => Promise<void>;
}

/**
 * Work that serves many at once: those who come while a round is under way share the next. No timer, so one alone waits for
 * nothing.
 */
export class Rounds {
  readonly #options: RoundsOptions;
  #underWay = 0;

  constructor(options: RoundsOptions) {
    this.#options = options;
  }

  /** Somebody waits: goes round until nobody does for whom it is time. @throws what a round throws */
  async run(): Promise<void> {
    while (this.#isDue()) await this.#goRound();
  }

  #isDue(): boolean {
    const { maxAtOnce, worthAnother, waiting } = this.#options;
    return waiting() >= (this.#underWay === 0 ? 1 : worthAnother) && this.#underWay < maxAtOnce;
  }

  async #goRound(): Promise<void> {
    this.#underWay += 1;
    try {
      await this.#options.next();
    } finally {
      this.#underWay -= 1;
    }
  }
}
