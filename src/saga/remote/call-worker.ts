import { Waker } from '../../platform/index.ts';
import type { ClaimedCalls } from '../ledger-store.ts';
import { type Calling, makeCalls } from './make-calls.ts';

export interface CallWorkerOptions extends Omit<Calling, 'signal'> {
  /** Orders, and so calls, that are under way at once. */
  readonly concurrency: number;
}

const POLL_MS = 200;
/** Without an inventory there is hardly ever anything to do. */
const IDLE_POLL_MS = 5_000;

/** Makes the calls that are due. They stay due until they are made: those of a process that dies are made by another. */
export class CallWorker implements AsyncDisposable {
  readonly #options: CallWorkerOptions;
  readonly #stopping = new AbortController();
  readonly #waker = new Waker();
  readonly #running = new Set<Promise<void>>();
  readonly #finished: Promise<void>;

  constructor(options: CallWorkerOptions) {
    this.#options = options;
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
      const claimed = await this.#claim();
      for (const calls of claimed) this.#start(calls);
      if (claimed.length === 0) await clock.sleep(pollMs, woken);
    }
  }

  async #claim(): Promise<readonly ClaimedCalls[]> {
    const room = this.#options.concurrency - this.#running.size;
    if (room <= 0) return [];
    try {
      return await this.#options.store.claimCalls(room);
    } catch (error) {
      this.#options.logger.warn({ error }, 'calls that are due cannot be read');
      return [];
    }
  }

  #start(calls: ClaimedCalls): void {
    const running = this.#make(calls).finally(() => {
      this.#running.delete(running);
      this.wake();
    });
    this.#running.add(running);
  }

  /** Should it fail, its lease ends by itself. */
  async #make(calls: ClaimedCalls): Promise<void> {
    const { logger, store, backoffMs } = this.#options;
    try {
      await makeCalls({ ...this.#options, signal: this.#stopping.signal }, calls);
    } catch (error) {
      const { orderId } = calls;
      logger.info({ error, orderId }, 'calls are put off');
      await store.putOffCalls(orderId, backoffMs).catch(() => {});
    }
  }
}
