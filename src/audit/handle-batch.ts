import type { Db, Tx } from '../database/index.ts';
import type { Recorded } from '../events/index.ts';
import type { Logger } from '../platform/index.ts';
import { becomeOnlyWriter } from './locks.ts';
import { type Announce, type Announcement, announceCommitted, type Projection, project } from './projection.ts';
import { storeBatch } from './store-batch.ts';

export interface HandlerParts {
  readonly db: Db;
  readonly projections: readonly Projection[];
  readonly announce: Announce;
  readonly logger: Logger;
}

const storeAndProject = async (
  tx: Tx,
  projections: readonly Projection[],
  batch: readonly Recorded[],
): Promise<Announcement | null> => {
  await becomeOnlyWriter(tx);
  const { after, events } = await storeBatch(tx, batch);
  const last = events.at(-1);
  if (last === undefined) return null;
  return { after, position: last.position, ...(await project(tx, projections, events)) };
};

/** Stores a delivery and folds what is new of it into the read models, in one transaction; then announces it. */
export const handleBatch = async (parts: HandlerParts, batch: readonly Recorded[]): Promise<void> => {
  if (batch.length === 0) return;
  const { db, projections, announce, logger } = parts;
  const announcement = await db.transaction().execute((tx) => storeAndProject(tx, projections, batch));
  if (announcement !== null) announceCommitted(announce, logger, announcement);
};
