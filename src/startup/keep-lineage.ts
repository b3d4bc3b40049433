import { ForeignRedis, newestTimeline, type OwnedRedis, toldTimeline } from '../bus/index.ts';
import type { Lineage, Standing } from '../database/index.ts';
import { type Logger, repeat, systemClock } from '../platform/index.ts';
import { refuse } from './reach.ts';
import { StartupError } from './startup-error.ts';

const ASKED_EVERY_MS = 2_000;

type Asking = (redis: OwnedRedis, standing: Standing) => Promise<number>;

/** Hears from Redis where others have been. */
const compare = async (redis: OwnedRedis, lineage: Lineage, ask: Asking): Promise<void> => {
  for (const { system, timeline } of lineage.known)
    lineage.learn({ system, timeline: await ask(redis, { system, timeline }) });
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

/**
 * Refuses a server that is behind where this panier has been. Redis is not told of this one yet: a copy that was restored from a
 * backup, and led to this Redis by mistake, would end the sessions of all who run before it is refused itself.
 * @throws {StartupError}
 */
export const checkLineage = async (redis: OwnedRedis, lineage: Lineage, logger: Logger): Promise<void> => {
  const before = lineage.known;
  await compare(redis, lineage, toldTimeline).catch((error: unknown) => tolerate(error, logger));
  refuse(before.flatMap((standing) => lineage.objectionTo(standing) ?? []));
};

/** Others may have been led to a new primary, while this process is still connected to the former one: from now on all tell. */
export const keepLineage = async (redis: OwnedRedis, lineage: Lineage, logger: Logger): Promise<AsyncDisposable> => {
  const tell = () => compare(redis, lineage, newestTimeline);
  await tell().catch((error: unknown) => tolerate(error, logger));
  return repeat(tell, {
    everyMs: ASKED_EVERY_MS,
    clock: systemClock,
    onFailure: (error) => logger.debug({ error }, 'timelines could not be compared'),
  });
};
