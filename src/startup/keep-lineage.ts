import { ForeignRedis, newestTimeline, type OwnedRedis } from '../bus/index.ts';
import type { Lineage } from '../database/index.ts';
import { type Logger, repeat, systemClock } from '../platform/index.ts';
import { refuse } from './reach.ts';
import { StartupError } from './startup-error.ts';

const ASKED_EVERY_MS = 2_000;

/** Tells Redis on which timelines this process has been, and hears from it where others have. */
const compare = async (redis: OwnedRedis, lineage: Lineage): Promise<void> => {
  for (const { system, timeline } of lineage.known)
    lineage.learn({ system, timeline: await newestTimeline(redis, { system, timeline }) });
};

/**
 * Another's Redis is refused here: asked once more, it would only say that it is away, for the connection is left at once. A user
 * of Redis from before timelines may lack the right to their key.
 */
const tolerate = (error: unknown, logger: Logger): void => {
  if (error instanceof ForeignRedis) throw new StartupError(error.message, { cause: error });
  if (!(error instanceof Error && error.message.startsWith('NOPERM'))) throw error;
  logger.warn({ error }, 'Redis does not let this user keep the timeline of PostgreSQL: run npm run roles again');
};

/** Refuses a server that is behind where this panier has been. @throws {StartupError} */
export const checkLineage = async (redis: OwnedRedis, lineage: Lineage, logger: Logger): Promise<void> => {
  const before = lineage.known;
  await compare(redis, lineage).catch((error: unknown) => tolerate(error, logger));
  refuse(before.flatMap((standing) => lineage.objectionTo(standing) ?? []));
};

/** Others may have been led to a new primary, while this process is still connected to the former one. */
export const keepLineage = (redis: OwnedRedis, lineage: Lineage, logger: Logger): AsyncDisposable =>
  repeat(() => compare(redis, lineage), {
    everyMs: ASKED_EVERY_MS,
    clock: systemClock,
    onFailure: (error) => logger.debug({ error }, 'timelines could not be compared'),
  });
