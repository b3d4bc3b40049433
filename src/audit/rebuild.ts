import { type Kysely, sql, type Transaction } from 'kysely';
import { type Db, letTakeLong, letTakeLongNoMore, type Tables, type Tx } from '../database/index.ts';
import {
  lastPosition,
  type Projection,
  prepareAll,
  REBUILT,
  type StoredRecorded,
  versionsOf,
} from '../projection/index.ts';
import { type Comparison, compare } from './compare.ts';
import { eventBatches } from './event-batches.ts';
import { becomeOnlyRebuild, becomeOnlyWriter, ceaseRebuild } from './locks.ts';
import type { RebuildParts, RebuildProgress, RebuildReport } from './rebuild-parts.ts';
import { analyzeShadow, createShadow, dropShadows, holdTables, swap } from './shadow.ts';
import { refuseLater } from './whose-read-models.ts';

/** Another rebuild of this database runs. */
export class RebuildRunning extends Error {
  override readonly name = 'RebuildRunning';
}

/** Folds events that are in the store already, and others behind them. */
const projectStored = async (
  tx: Tx,
  projections: readonly Projection[],
  batch: readonly StoredRecorded[],
): Promise<void> => {
  const fold = await prepareAll(tx, projections, { batch, below: batch[0]?.position ?? 0n, writers: 'One' });
  await (await fold(batch)).written;
};

type FoldBatch = (batch: readonly StoredRecorded[]) => Promise<unknown>;

const foldFrom = async (
  { db, onProgress, signal }: RebuildParts,
  start: RebuildProgress,
  foldBatch: FoldBatch,
): Promise<RebuildProgress> => {
  let progress = start;
  for await (const batch of eventBatches(db, { after: start.position, upTo: start.head })) {
    signal?.throwIfAborted();
    await foldBatch(batch);
    const position = batch.at(-1)?.position ?? progress.position;
    progress = { ...progress, events: progress.events + batch.length, position };
    onProgress(progress);
  }
  return progress;
};

// Loss costs a rebuild, not data. Tables that grow without statistics are read in whole, unless that is forbidden.
const FILL_SETTINGS = sql`set local synchronous_commit = off; set local enable_seqscan = off`;

/** Up to here nothing is under way: it is looked at while nobody stores, which takes as long as those who do need to end. */
const settledHead = (db: Db): Promise<bigint> =>
  db.transaction().execute(async (tx) => {
    await becomeOnlyWriter(tx);
    return lastPosition(tx);
  });

/** So little is left for the short part. */
const LITTLE = 5_000n;

/** The long part: everything that is stored by now, while others go on storing. Each projection has its own tables. */
const foldMost = async (parts: RebuildParts): Promise<RebuildProgress> => {
  const { db } = parts;
  const projections = parts.projections(REBUILT);
  const apply = (projection: Projection, batch: readonly StoredRecorded[]): Promise<unknown> =>
    db.transaction().execute(async (tx) => {
      await FILL_SETTINGS.execute(tx);
      return projectStored(tx, [projection], batch);
    });
  const foldBatch: FoldBatch = (batch) => Promise.all(projections.map((projection) => apply(projection, batch)));
  let progress: RebuildProgress = { events: 0, position: 0n, head: await settledHead(db) };
  do {
    const folded = await foldFrom(parts, progress, foldBatch);
    progress = { ...folded, position: progress.head, head: await settledHead(db) };
  } while (progress.head - progress.position > LITTLE);
  return progress;
};

const compareAll = async (
  tx: Transaction<Tables>,
  { onStage, signal }: RebuildParts,
): Promise<readonly Comparison[]> => {
  const models = await holdTables(tx);
  onStage?.({ type: 'Comparing', tables: models.map(({ table }) => table) });
  return compare(tx, models, (comparison) => {
    onStage?.({ type: 'Compared', comparison });
    signal?.throwIfAborted();
  });
};

/** The short part: nobody stores anything until the rest is folded, compared and put in place. */
const finish = (session: Kysely<Tables>, parts: RebuildParts, most: RebuildProgress): Promise<RebuildReport> =>
  session.transaction().execute(async (tx) => {
    await becomeOnlyWriter(tx);
    const projections = parts.projections(REBUILT);
    const rest = { ...most, head: await lastPosition(tx) };
    const { events } = await foldFrom(parts, rest, (batch) => projectStored(tx, projections, batch));
    const tables = await compareAll(tx, parts);
    if (!parts.dryRun) await swap(tx);
    return { events, tables };
  });

const rebuildIn = async (session: Kysely<Tables>, parts: RebuildParts): Promise<RebuildReport> => {
  await createShadow(session, versionsOf(parts.projections(REBUILT)));
  const most = await foldMost(parts);
  await analyzeShadow(session);
  const report = await finish(session, parts, most);
  if (parts.dryRun) await dropShadows(session);
  else {
    parts.onStage?.({ type: 'Swapped' });
    await dropReplaced(session);
  }
  return report;
};

/** The rebuild is done by now: where the old tables cannot be taken away, as somebody reads in them, the next one begins with it. */
const dropReplaced = (session: Kysely<Tables>): Promise<void> =>
  dropShadows(session)
    .catch(() => dropShadows(session))
    .catch(() => {});

/** What was built for nothing takes as much room as what is in use. */
const rebuildOrTidy = async (session: Kysely<Tables>, parts: RebuildParts): Promise<RebuildReport> => {
  try {
    return await rebuildIn(session, parts);
  } catch (error) {
    // Where that fails, too, the next rebuild begins with it. What is to be told is why this one ended.
    await dropShadows(session).catch(() => {});
    throw error;
  }
};

/**
 * Builds the read models anew from the event store, beside the old ones and while the system runs; compares the two;
 * then puts the new ones in place at once, unless it is a dry run. @throws {RebuildRunning} @throws {LaterReadModels} @throws {ShadowDiffers} @throws the signal's reason
 */
export const rebuild = (parts: RebuildParts): Promise<RebuildReport> =>
  parts.db.connection().execute(async (session) => {
    if (!(await becomeOnlyRebuild(session))) throw new RebuildRunning('Another replay of this database is running.');
    try {
      if (parts.laterVersions === 'Refused') await refuseLater(session, parts.projections);
      await letTakeLong(session);
      return await rebuildOrTidy(session, parts);
    } finally {
      await release(session);
    }
  });

const release = async (session: Kysely<Tables>): Promise<void> => {
  try {
    await letTakeLongNoMore(session);
    await ceaseRebuild(session);
  } catch {
    // A session that was lost has lost its lock too. What is to be told is why the rebuild ended.
  }
};
