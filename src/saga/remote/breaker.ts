import type { Clock, Logger } from '../../platform/index.ts';

export interface BreakerOptions {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly logger: Logger;
  /** So many calls in a row that came to nothing open it. */
  readonly failures?: number;
  /** How long it stays open before one call may try. */
  readonly restMs?: number;
}

/**
 * Keeps calls from an inventory that answers nobody: so they wait in the database, untried, and not each for its time-out.
 * Once it has rested, one call at a time may try; the first that is answered closes it.
 */
export class Breaker {
  readonly #options: Required<BreakerOptions>;
  #failures = 0;
  /** Null while it is closed. */
  #openUntilMs: number | null = null;
  #isTrying = false;
  #isTrusted = false;

  constructor(options: BreakerOptions) {
    this.#options = { failures: 5, restMs: 1_000, ...options };
  }

  /** Whether the last call that somebody made was answered. */
  get isTrusted(): boolean {
    return this.#isTrusted;
  }

  /** Whether a call may be made now. Whoever may says how it went: {@link settled}, or {@link withdrawn}. */
  admits(): boolean {
    if (this.#openUntilMs === null) return true;
    if (this.#isTrying || this.#options.clock.nowMs() < this.#openUntilMs) return false;
    this.#isTrying = true;
    return true;
  }

  /** The call was not made after all. */
  withdrawn(): void {
    this.#isTrying = false;
  }

  settled(isAnswered: boolean): void {
    this.#isTrying = false;
    this.#isTrusted = isAnswered;
    if (isAnswered) return this.#close();
    this.#failures += 1;
    if (this.#failures >= this.#options.failures) this.#open();
  }

  #close(): void {
    if (this.#openUntilMs !== null) this.#options.logger.warn('the inventory answers again');
    this.#failures = 0;
    this.#openUntilMs = null;
  }

  #open(): void {
    const { clock, restMs, logger } = this.#options;
    if (this.#openUntilMs === null)
      logger.warn({ failures: this.#failures }, 'the inventory answers nobody: calls wait');
    this.#openUntilMs = clock.nowMs() + restMs;
  }
}
