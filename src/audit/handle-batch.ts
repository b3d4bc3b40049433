import type { Recorded } from '../events/index.ts';
import type { Logger } from '../platform/index.ts';
import type { EventStore, EventStoreTransaction } from './event-store.ts';
import { type Announce, type Announcement, announceCommitted } from './projection.ts';
import { storeBatch } from './store-batch.ts';

export interface HandlerParts {
  readonly store: EventStore;
  readonly announce: Announce;
  readonly logger: Logger;
}

const storeAndProject = async (tx: EventStoreTransaction, batch: readonly Recorded[]): Promise<Announcement | null> => {
  // Asked for in one go: each takes effect when the one before it has.
  const [, project, { after, events }] = await Promise.all([
    tx.becomeOnlyWriter(),
    tx.prepare(batch),
    storeBatch(tx, batch),
  ]);
  const last = events.at(-1);
  if (last === undefined) return null;
  return { after, position: last.position, ...(await project(events)) };
};

/** Stores a delivery and folds what is new of it into the read models, in one transaction; then announces it. */
export const handleBatch = async (parts: HandlerParts, batch: readonly Recorded[]): Promise<void> => {
  if (batch.length === 0) return;
  const { store, announce, logger } = parts;
  const announcement = await store.transaction((tx) => storeAndProject(tx, batch));
  if (announcement !== null) announceCommitted(announce, logger, announcement);
};
