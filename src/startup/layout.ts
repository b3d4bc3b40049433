import { beginWithPartitions, partitioningIn } from '../audit/index.ts';
import type { Database, Db } from '../database/index.ts';
import type { Layout, Partitioning } from '../events/index.ts';
import { type Clock, ignored, type Logger, repeat } from '../platform/index.ts';

export interface LayoutParts {
  readonly db: Db;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** A relay goes over to a new layout so much later at most, and nobody gets an event meanwhile. */
const LOOK_EVERY_MS = 200;

const isSame = (one: Partitioning, other: Partitioning): boolean =>
  one.partitions === other.partitions && one.most === other.most;

/** The layout in the database, looked at again and again until disposed. @throws when it cannot be read at first. */
export const openLayout = async ({ db, logger, clock }: LayoutParts): Promise<Layout & AsyncDisposable> => {
  let current = await partitioningIn(db);
  const hearers = new Set<(now: Partitioning) => void>();
  let looked: Promise<unknown> = Promise.resolve();
  const look = async (): Promise<Partitioning> => {
    const found = await partitioningIn(db);
    if (isSame(found, current)) return current;
    logger.info({ ...found, before: current.partitions }, 'The partitions of the streams have changed');
    current = found;
    for (const hear of hearers) hear(found);
    return found;
  };
  // One after the other: an answer that was overtaken would say again what is no longer so.
  const refresh = (): Promise<Partitioning> => {
    const found = looked.then(look);
    looked = found.catch(ignored);
    return found;
  };
  const onFailure = (error: unknown): void => logger.debug({ error }, 'the partitions cannot be looked up');
  const looking = repeat(async () => void (await refresh()), { everyMs: LOOK_EVERY_MS, clock, onFailure });
  return {
    current: () => current,
    refresh,
    onChange: (hear) => {
      hearers.add(hear);
      return { [Symbol.dispose]: () => void hearers.delete(hear) };
    },
    [Symbol.asyncDispose]: () => looking[Symbol.asyncDispose](),
  };
};

/**
 * Divides the streams as a configuration says, where nothing was stored yet. Afterwards the database says: where the
 * configuration says something else, it is told once what to do. Takes the owner of the tables, or whoever is known.
 */
export const beginLayout = async (owner: Database, partitions: number, logger: Logger): Promise<void> => {
  const before = await partitioningIn(owner.db);
  if (before.partitions === partitions) return;
  const begun = await beginWithPartitions(owner, partitions).catch((error: unknown) => {
    logger.debug({ error }, 'the partitions are for the owner of the tables to set');
    return before;
  });
  if (begun.partitions === partitions) return;
  const command = `npm run partitions -- ${partitions}`;
  logger.warn(
    { configured: partitions, partitions: begun.partitions, command },
    'PANIER_PARTITIONS is not how many partitions there are: the command changes that',
  );
};
