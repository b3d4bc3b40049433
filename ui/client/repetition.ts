/** What is done again and again. */
export interface Repeating {
  /** Not to be begun while it is under way. */
  readonly act: () => Promise<void>;
  readonly everyMs: number;
  /** Whether somebody looks: while nobody does, nothing is done. */
  readonly isSeen: () => boolean;
}

/** However many want it, it rests so long in between. */
const SOON_MS = 250;

/** Does something now, then each so often, and when somebody wants it; never twice at one time. */
export class Repetition {
  readonly #repeating: Repeating;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dueAtMs = 0;
  #isActing = false;
  #isWanted = false;
  #isOver = false;
  #restsUntilMs = 0;

  constructor(repeating: Repeating) {
    this.#repeating = repeating;
    this.#schedule(0);
  }

  /** Somebody knows that there is something new. */
  soon(): void {
    if (this.#isActing) this.#isWanted = true;
    else this.#schedule(Math.max(0, this.#restsUntilMs - Date.now()));
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #schedule(ms: number): void {
    const dueAtMs = Date.now() + ms;
    // Put off by each who wants it, it would not come while events come in without a pause.
    if (this.#isOver || (this.#timer !== undefined && this.#dueAtMs <= dueAtMs)) return;
    clearTimeout(this.#timer);
    this.#dueAtMs = dueAtMs;
    this.#timer = setTimeout(() => void this.#turn(), ms);
  }

  async #turn(): Promise<void> {
    this.#timer = undefined;
    this.#isActing = true;
    this.#isWanted = false;
    if (this.#repeating.isSeen()) await this.#repeating.act().catch(() => undefined);
    this.#isActing = false;
    this.#restsUntilMs = Date.now() + SOON_MS;
    this.#schedule(this.#isWanted ? SOON_MS : this.#repeating.everyMs);
  }
}
