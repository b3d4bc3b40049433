import { about, type Logger, Waker } from '../../platform/index.ts';
import type { ClaimedCalls, LedgerStore } from '../ledger-store.ts';
import { Advancer, type AdvancerOptions } from './advancer.ts';
import { type Calling, makeCalls } from './make-calls.ts';
import { Slots } from './slots.ts';

export interface CallWorkerOptions
  extends Omit<Calling, 'signal' | 'slots' | 'advancer' | 'store'>,
    Omit<AdvancerOptions, 'store'> {
  readonly store: LedgerStore;
  readonly logger: Logger;
  /** Calls that are under way at once. */
  readonly concurrency: number;
}

/**
 * Orders at work for each call that may be under way, while the inventory answers: some are asked for, others are written, many
 * at once. While it does not, no more than are asked for: what was asked for is unknown, and has to wait for it.
 */
const ORDERS_A_CALL = 4;
const POLL_MS = 200;
/** Without an inventory there is hardly ever anything to do. */
const IDLE_POLL_MS = 5_000;

/** Makes the calls that are due. They stay due until they are made: those of a process that dies are made by another. */
export class CallWorker implements AsyncDisposable {
  readonly #options: CallWorkerOptions;
  readonly #calling: Calling;
  readonly #stopping = new AbortController();
  readonly #waker = new Waker();
  readonly #running = new Set<Promise<void>>();
  /** Whether the last look left any behind, as far as it can tell. */
  #mayBeMore = false;
  readonly #finished: Promise<void>;

  constructor(options: CallWorkerOptions) {
    this.#options = options;
    const { concurrency } = options;
    const { signal } = this.#stopping;
    this.#calling = { ...options, signal, advancer: new Advancer(options), slots: new Slots(concurrency) };
    this.#finished = this.#loop();
  }

  /** A hint that calls are due. */
  wake(): void {
    this.#waker.wake();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#finished;
    await Promise.all(this.#running);
  }

  async #loop(): Promise<void> {
    const { clock, inventory } = this.#options;
    const { signal } = this.#stopping;
    const pollMs = inventory === null ? IDLE_POLL_MS : POLL_MS;
    while (!signal.aborted) {
      const woken = this.#waker.listen();
      const room = this.#room;
      const claimed = await this.#claim(room);
      for (const calls of claimed) this.#start(calls);
      this.#mayBeMore = claimed.length === room;
      if (room === 0 || claimed.length < room) await clock.sleep(pollMs, woken);
    }
  }

  get #room(): number {
    const { concurrency, breaker } = this.#options;
    const many = breaker.isTrusted ? concurrency * ORDERS_A_CALL : concurrency;
    return Math.max(0, many - this.#running.size);
  }

  async #claim(room: number): Promise<readonly ClaimedCalls[]> {
    if (room === 0) return [];
    try {
      return await this.#options.store.claimCalls(room);
    } catch (error) {
      this.#options.logger.warn({ error }, 'calls that are due cannot be read');
      return [];
    }
  }

  #start(calls: ClaimedCalls): void {
    const { orderId } = calls;
    const running = about({ orderId, correlationId: orderId }, () => this.#make(calls)).finally(() => {
      this.#running.delete(running);
      if (this.#mayBeMore) this.wake();
    });
    this.#running.add(running);
  }

  /** Should it fail, its lease ends by itself. */
  async #make(calls: ClaimedCalls): Promise<void> {
    const { logger, store, backoffMs } = this.#options;
    try {
      await makeCalls(this.#calling, calls);
    } catch (error) {
      const { orderId, earlierAttempts } = calls;
      logger.warn({ error }, 'calls are put off');
      await store.putOffCalls({ orderId, delayMs: backoffMs, attempts: earlierAttempts + 1 }).catch(() => {});
    }
  }
}
