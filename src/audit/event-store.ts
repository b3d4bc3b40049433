import type { Recorded } from '../events/index.ts';
import type { Advance, Changes, StoredRecorded } from '../projection/index.ts';

export interface StoredBatch {
  /** Of each partition that these are in, by number. */
  readonly advances: readonly Advance[];
  /** Those that the store did not hold yet, in store order. */
  readonly events: readonly StoredRecorded[];
}

export interface Authored {
  readonly aggregateId: string;
  readonly producer: string;
}

export interface HighestVersion extends Authored {
  readonly version: number;
}

/** Folds new events into the read models; the transaction is not committed without what that writes. */
export type Project = (events: readonly StoredRecorded[]) => Promise<Changes>;

/**
 * A transaction on the event store and on the read models. What it is asked for takes effect in that order: what does not
 * depend on each other's answers is to be asked for together.
 */
export interface EventStoreTransaction {
  /**
   * Waits to be the only writer of a batch's partitions, until the transaction ends: so within each positions are handed out
   * in the order of commits, and nobody else is at the same aggregates.
   */
  becomeWriter(batch: readonly Recorded[]): Promise<void>;
  /** Those of the event ids that the store holds. */
  storedIds(eventIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** The highest version that a producer wrote for an aggregate, where there is any. */
  highestVersions(of: readonly Authored[]): Promise<readonly HighestVersion[]>;
  /** Appends, in order, what the store does not hold yet; every event has a version. */
  append(recorded: readonly Recorded[]): Promise<StoredBatch>;
  /** Asks for the rows of the read models that a batch may concern; to be called before it is appended. */
  prepare(batch: readonly Recorded[]): Promise<Project>;
}

/** Where events are kept for ever. */
export interface EventStore {
  /** The work is done again, in another transaction, when the store turns out to be divided in another way than was thought. */
  transaction<T>(work: (tx: EventStoreTransaction) => Promise<T>): Promise<T>;
  /** Settles what the batch and others could not tell each other that were stored at the same time; to be called once it is committed. */
  settle(batch: readonly Recorded[]): Promise<Changes>;
}
