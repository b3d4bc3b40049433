import { streamOfKey } from '../events/index.ts';
import { ignored } from '../platform/index.ts';
import { type Delivery, readDelivery } from './delivery.ts';
import type { Decode } from './shared-entries.ts';
import type { StreamEntry, StreamGroup } from './stream-group.ts';

/**
 * How many entries of a stream, all of its partitions together, a delivery has: at most `least` while the streams are nearly
 * empty, up to `most` in a backlog.
 */
export interface DeliverySize {
  readonly least: number;
  readonly most: number;
}

export interface NewEntriesOptions {
  readonly entries: Pick<StreamGroup, 'readNew'>;
  readonly size: DeliverySize;
  /** Sends a request; rejects when the consumer is told to stop before its answer. */
  readonly fetch: <T>(request: () => Promise<T>) => Promise<T>;
  readonly decode?: Decode | undefined;
}

export interface Ask {
  readonly streams: readonly string[];
  /** How long to wait for the first entry. */
  readonly blockMs: number;
}

/** How many of each key: a delivery, and what Redis answers at once, is no larger for there being many partitions. */
const countOfEach = (streams: readonly string[], size: number): number =>
  Math.ceil((size * new Set(streams.map(streamOfKey)).size) / streams.length);

/** Whether a stream gave as many as it was asked for: it has more. */
const isFull = (entries: readonly StreamEntry[], asked: number): boolean =>
  entries.length >= asked &&
  [...Map.groupBy(entries, ({ stream }) => stream).values()].some((of) => of.length >= asked);

/**
 * New entries of a group's streams, delivery by delivery. A full delivery means a backlog: then the next one is read, and
 * taken apart, while this one is being handled, and may be twice as large.
 */
export class NewEntries {
  readonly #options: NewEntriesOptions;
  #size: number;
  /** Of each key, by the read that is taken next. */
  #asked = 0;
  #ahead: Promise<Delivery> | null = null;

  constructor(options: NewEntriesOptions) {
    this.#options = options;
    this.#size = options.size.least;
  }

  /** Whether a delivery has been asked for that nobody has taken yet. */
  get isAhead(): boolean {
    return this.#ahead !== null;
  }

  /** The next delivery. */
  async next({ streams, blockMs }: Ask): Promise<Delivery> {
    const ahead = this.#ahead ?? this.#read(streams, blockMs);
    const asked = this.#asked;
    this.#ahead = null;
    const delivery = await ahead;
    const { least, most } = this.#options.size;
    const isBacklog = isFull(delivery.entries, asked);
    this.#size = isBacklog ? Math.min(most, this.#size * 2) : least;
    if (isBacklog) this.#readAhead(streams);
    return delivery;
  }

  /** What was read ahead, if anything was; nothing is asked for. */
  async takeAhead(): Promise<Delivery> {
    const ahead = this.#ahead ?? readDelivery([]);
    this.#ahead = null;
    return ahead;
  }

  /** Waits for what is being read ahead: it stands among the consumer's own pending entries, but not before. */
  async forget(): Promise<void> {
    await this.takeAhead().catch(ignored);
  }

  // Without blocking: acknowledgements go by the same connection, and would wait behind it.
  #readAhead(streams: readonly string[]): void {
    const ahead = this.#read(streams, null);
    ahead.catch(() => {});
    this.#ahead = ahead;
  }

  async #read(streams: readonly string[], blockMs: number | null): Promise<Delivery> {
    const { entries, fetch, decode } = this.#options;
    const count = countOfEach(streams, this.#size);
    this.#asked = count;
    return readDelivery(await fetch(() => entries.readNew({ streams, count, blockMs })), decode);
  }
}
