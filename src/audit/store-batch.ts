import type { Recorded } from '../events/index.ts';
import { causesFirst } from './causes-first.ts';
import type { EventStoreTransaction, StoredBatch } from './event-store.ts';
import { fillVersions } from './fill-versions.ts';

/** Appends to the event store what it does not hold yet, causes first. Takes a transaction that is the only writer. */
export const storeBatch = async (tx: EventStoreTransaction, batch: readonly Recorded[]): Promise<StoredBatch> =>
  tx.append(await fillVersions(tx, causesFirst(batch)));
