import type { AppendBatch } from './group-commit.ts';
import type { Journaled, Wanted } from './load.ts';
import type { FoundCart } from './open-carts.ts';

/** What the write side asks of whatever keeps its journal. */
export interface JournalStore {
  readonly appendBatch: AppendBatch;
  /** What the journal holds of each, in sequence: nothing of what is not there, or not reached. */
  readonly loadAggregates: (wanted: readonly Wanted[]) => Promise<readonly (readonly Journaled[])[]>;
  /** The open carts of a customer, their own and those of visits that they have claimed; the newest first. */
  readonly openCartsOf: (customerId: string) => Promise<readonly FoundCart[]>;
  /** Those of the event ids that the journal holds. */
  readonly knownEventIds: (eventIds: readonly string[]) => Promise<ReadonlySet<string>>;
}
