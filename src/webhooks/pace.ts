import { backoff } from '../platform/index.ts';

export interface PaceOptions {
  /** At once, when all goes well. */
  readonly maxConcurrency: number;
  readonly firstMs: number;
  readonly maxMs: number;
  readonly random?: () => number;
}

/** So many different events failed, and none was received meanwhile: it is the endpoint. */
const FAILURES_TO_OPEN = 3;

/**
 * How many deliveries an endpoint gets at once. It begins with one and earns the others, one by each success; what fails
 * costs all of them. After {@link FAILURES_TO_OPEN} failures of different events it gets none but a single attempt after each
 * pause: a dead endpoint costs the others next to nothing. One event that is refused time and again does not count more than
 * once, for then it is the event.
 */
export class Pace {
  readonly #options: PaceOptions;
  readonly #pauseMs: (attempt: number) => number;
  readonly #failing = new Set<bigint>();
  #successes = 0;
  #pauses = 0;
  #openUntilMs = 0;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#pauseMs = backoff(options);
  }

  /** Whether it is the endpoint that fails. */
  get isOpen(): boolean {
    return this.#failing.size >= FAILURES_TO_OPEN;
  }

  /** Until when nothing is tried; 0 when nothing stands in the way. */
  get closedUntilMs(): number {
    return this.#openUntilMs;
  }

  allowed(nowMs: number): number {
    if (this.#openUntilMs > nowMs) return 0;
    return this.isOpen ? 1 : Math.min(this.#options.maxConcurrency, this.#successes + 1);
  }

  /** Whether that brought back an endpoint that had failed. */
  succeeded(): boolean {
    const wasOpen = this.isOpen;
    this.#failing.clear();
    this.#successes += 1;
    this.#pauses = 0;
    this.#openUntilMs = 0;
    return wasOpen;
  }

  failed(
    position: bigint,
    { nowMs, retryAfterMs }: { readonly nowMs: number; readonly retryAfterMs: number | null },
  ): void {
    this.#failing.add(position);
    this.#successes = 0;
    if (this.isOpen) this.#pauses += 1;
    const pauseMs = Math.max(retryAfterMs ?? 0, this.isOpen ? this.#pauseMs(this.#pauses) : 0);
    if (pauseMs > 0) this.#openUntilMs = Math.max(this.#openUntilMs, nowMs + pauseMs);
  }
}
