import { type Clock, ignored } from '../platform/index.ts';
import type { StreamEntry, StreamGroup } from './stream-group.ts';

export interface AcknowledgementsOptions {
  readonly entries: Pick<StreamGroup, 'acknowledge'>;
  readonly clock: Clock;
}

const LAST_WORD_MS = 500;

/** What a member acknowledges, one delivery after the other. */
export class Acknowledgements {
  readonly #options: AcknowledgementsOptions;
  #last: Promise<void> = Promise.resolve();

  constructor(options: AcknowledgementsOptions) {
    this.#options = options;
  }

  /** Until all have come through. @throws what the last one failed with */
  cameThrough(): Promise<void> {
    return this.#last;
  }

  /**
   * What is read while they are on their way. Fails when one of them has, but not before the read is over: what that still
   * brought would be nobody's.
   */
  async beside<T>(read: Promise<T>): Promise<T> {
    try {
      const [delivery] = await Promise.all([read, this.#last]);
      return delivery;
    } catch (error) {
      await read.catch(ignored);
      throw error;
    }
  }

  /** Waits for those before it, and not for this one: the next read goes out right behind it. */
  async send(settled: readonly StreamEntry[]): Promise<void> {
    await this.#last;
    this.#last = this.#options.entries.acknowledge(settled);
    this.#last.catch(ignored);
  }

  /** Waits a moment for them. What does not come through is delivered again: no reason to wait for a Redis that is away. */
  async lastWord(): Promise<void> {
    const answered = new AbortController();
    const answer = (): void => answered.abort();
    this.#last.then(answer, answer);
    await this.#options.clock.sleep(LAST_WORD_MS, answered.signal);
  }

  /** What did not come through is delivered again. */
  forget(): void {
    this.#last = Promise.resolve();
  }
}
