import { type Partitioning, partitionKey, streamKeys } from '../../../src/events/index.ts';

export const STREAMS = [
  'ecommerce.carts.events',
  'ecommerce.orders.events',
  'ecommerce.payments.events',
  'ecommerce.inventory.events',
] as const;

/** What the streams are divided into, where that is not more than twice what they began with. */
const NUMBERS = [1, 2, 4, 8] as const;

const keysBy = (partitioning: Partitioning): readonly string[] =>
  STREAMS.flatMap((stream) => streamKeys(stream, partitioning));

/** The keys of the streams. Nobody but the harness divides them, so it knows how they are divided. */
export class Streams {
  /** The numbers of partitions that there have been, in their order. */
  readonly history: number[];
  readonly #numbers: readonly number[];

  constructor(partitions: number) {
    this.history = [partitions];
    this.#numbers = partitions === 1 ? [1] : NUMBERS.filter((number) => number <= 2 * partitions);
  }

  get partitions(): number {
    return this.history.at(-1) ?? 1;
  }

  /** What their number may be changed to; none where there is one. */
  get others(): readonly number[] {
    return this.#numbers.filter((number) => number !== this.partitions);
  }

  /** Those that new events go to. */
  get inUse(): readonly string[] {
    const { partitions } = this;
    if (partitions === 1) return STREAMS;
    const numbers = Array.from({ length: partitions }, (_, partition) => partition);
    return STREAMS.flatMap((stream) => numbers.map((partition) => partitionKey(stream, partition)));
  }

  /** Those that are read: besides, the streams themselves, and the partitions of before. */
  get read(): readonly string[] {
    return keysBy({ partitions: this.partitions, most: Math.max(...this.history) });
  }

  /** All that there may be in the end. */
  get possible(): readonly string[] {
    return keysBy({ partitions: this.partitions, most: Math.max(...this.history, ...this.#numbers) });
  }

  become(partitions: number): void {
    this.history.push(partitions);
  }
}
