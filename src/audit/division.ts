import { type Partitioning, partitionOf, type Recorded, UNPARTITIONED } from '../events/index.ts';

/** The event store is divided in another way than the transaction went by: nothing of it may be committed. */
export class DividedAnew extends Error {
  override readonly name = 'DividedAnew';
  readonly layout: Partitioning;

  constructor(layout: Partitioning) {
    super(`The event store has ${layout.partitions} partitions now.`);
    this.layout = layout;
  }
}

/** The partition that an event is stored in: all of an aggregate in the same. */
export const placeOf = ({ envelope }: Recorded, { partitions }: Partitioning): number =>
  partitionOf(envelope.aggregateId, partitions);

/** The partitions of a batch, in ascending order: all take their locks in that order, so nobody waits in a ring. */
export const partitionsOf = (batch: readonly Recorded[], layout: Partitioning): readonly number[] => {
  if (layout.partitions === 1) return [0];
  const all = new Set(batch.map((each) => placeOf(each, layout)));
  return [...all].toSorted((one, other) => one - other);
};

/** How the event store is divided, as far as a process knows: what it stores is told by the store itself, in the same transaction. */
export class Division {
  #layout = UNPARTITIONED;

  get layout(): Partitioning {
    return this.#layout;
  }

  learn(layout: Partitioning): void {
    this.#layout = layout;
  }

  /** Does it again, by what was learnt, when it went by another division. */
  async goBy<T>(attempt: (layout: Partitioning) => Promise<T>): Promise<T> {
    try {
      return await attempt(this.#layout);
    } catch (error) {
      if (!(error instanceof DividedAnew)) throw error;
      this.learn(error.layout);
      return this.goBy(attempt);
    }
  }
}
