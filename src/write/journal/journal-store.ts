import type { AppendBatch } from './group-commit.ts';
import type { Journaled } from './load.ts';
import type { FoundCart } from './open-carts.ts';

/** What the write side asks of whatever keeps its journal. */
export interface JournalStore {
  readonly appendBatch: AppendBatch;
  /** What the journal holds of each aggregate, in sequence; an aggregate without events is left out. */
  readonly loadAggregates: (ids: readonly string[]) => Promise<ReadonlyMap<string, readonly Journaled[]>>;
  /** The open carts of a customer, their own and those of visits that they have claimed; the newest first. */
  readonly openCartsOf: (customerId: string) => Promise<readonly FoundCart[]>;
  /** Those of the event ids that the journal holds. */
  readonly knownEventIds: (eventIds: readonly string[]) => Promise<ReadonlySet<string>>;
}
