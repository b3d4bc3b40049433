import type { Stream } from '../events/index.ts';
import { type Delivery, readDelivery } from './delivery.ts';
import type { StreamEntry, StreamGroup } from './stream-group.ts';

/** How many entries a delivery has: at most `least` while the stream is nearly empty, up to `most` in a backlog. */
export interface DeliverySize {
  readonly least: number;
  readonly most: number;
}

export interface NewEntriesOptions {
  readonly stream: Stream;
  readonly entries: Pick<StreamGroup, 'readNew'>;
  readonly size: DeliverySize;
  /** Sends a request; rejects when the consumer is told to stop before its answer. */
  readonly fetch: <T>(request: () => Promise<T>) => Promise<T>;
}

/**
 * New entries of a stream, delivery by delivery. A full delivery means a backlog: then the next one is read, and taken
 * apart, while this one is being handled, and may be twice as large.
 */
export class NewEntries {
  readonly #options: NewEntriesOptions;
  #size: number;
  #ahead: Promise<Delivery> | null = null;

  constructor(options: NewEntriesOptions) {
    this.#options = options;
    this.#size = options.size.least;
  }

  /** Whether a delivery has been asked for that nobody has taken yet. */
  get isAhead(): boolean {
    return this.#ahead !== null;
  }

  /** The next delivery. Waits up to `blockMs` for its first entry. */
  async next(blockMs: number): Promise<Delivery> {
    const asked = this.#size;
    const ahead = this.#ahead ?? this.#read(blockMs);
    this.#ahead = null;
    const delivery = await ahead;
    const { least, most } = this.#options.size;
    const isBacklog = delivery.entries.length >= asked;
    this.#size = isBacklog ? Math.min(most, asked * 2) : least;
    if (isBacklog) this.#readAhead();
    return delivery;
  }

  /** What was read ahead stands among the consumer's own pending entries. */
  forget(): void {
    this.#ahead = null;
  }

  // Without blocking: acknowledgements go by the same connection, and would wait behind it.
  #readAhead(): void {
    const ahead = this.#read(null);
    ahead.catch(() => {});
    this.#ahead = ahead;
  }

  async #read(blockMs: number | null): Promise<Delivery> {
    const { stream, entries, fetch } = this.#options;
    const read: readonly StreamEntry[] = await fetch(() => entries.readNew({ count: this.#size, blockMs }));
    return readDelivery(stream, read);
  }
}
