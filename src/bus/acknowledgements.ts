import { ignored } from '../platform/index.ts';
import type { StreamEntry, StreamGroup } from './stream-group.ts';
import { type Patience, unlessSilent } from './unless-stopped.ts';

export interface AcknowledgementsOptions extends Patience {
  readonly entries: Pick<StreamGroup, 'acknowledge'>;
}

/** What a member acknowledges, one delivery after the other. */
export class Acknowledgements {
  readonly #options: AcknowledgementsOptions;
  #last: Promise<void> = Promise.resolve();

  constructor(options: AcknowledgementsOptions) {
    this.#options = options;
  }

  /** Until all have come through. @throws what the last one failed with */
  cameThrough(): Promise<void> {
    return unlessSilent(this.#last, this.#options);
  }

  /**
   * What is read while they are on their way. Fails when one of them has, but not before the read is over: what that still
   * brought would be nobody's.
   */
  async beside<T>(read: Promise<T>): Promise<T> {
    try {
      const [delivery] = await Promise.all([read, this.cameThrough()]);
      return delivery;
    } catch (error) {
      await read.catch(ignored);
      throw error;
    }
  }

  /** Waits for those before it, and not for this one: the next read goes out right behind it. */
  async send(settled: readonly StreamEntry[]): Promise<void> {
    await this.cameThrough();
    this.#last = this.#options.entries.acknowledge(settled);
    this.#last.catch(ignored);
  }

  /** What did not come through is delivered again. */
  forget(): void {
    this.#last = Promise.resolve();
  }
}
