import type { Logger } from '../platform/index.ts';
import { LIVE, lastPosition } from '../projection/index.ts';
import { RebuildRunning, rebuild } from './rebuild.ts';
import type { RebuildParts } from './rebuild-parts.ts';
import { setVersions } from './shadow.ts';
import { type Renewed, standingIn } from './whose-read-models.ts';

export interface RenewParts extends Pick<RebuildParts, 'db' | 'projections' | 'signal'> {
  readonly logger: Logger;
}

/**
 * Builds the read models anew when an earlier version of panier wrote their rows, or when one of them is new; nothing else can
 * read them then. What a later version wrote is left to that. A rebuild that runs is left to its end, which may leave them as
 * they are: it may be a dry one, or be broken off. So whoever is not told that they are ours asks again.
 */
export const renewReadModels = async (parts: RenewParts): Promise<Renewed> => {
  const { whose, ...those } = await standingIn(parts.db, parts.projections);
  if (whose !== 'Earlier') return whose;
  if ((await lastPosition(parts.db)) === 0n) {
    await setVersions(parts.db, LIVE, those.versions);
    return 'Ours';
  }
  try {
    await buildAnew(parts, those);
    return 'Ours';
  } catch (error) {
    if (!(error instanceof RebuildRunning)) throw error;
    return 'Earlier';
  }
};

const buildAnew = async (
  { logger, ...parts }: RenewParts,
  those: { readonly before: string | null; readonly versions: string },
): Promise<void> => {
  let isTold = false;
  const onProgress = (): void => {
    if (!isTold) logger.info(those, 'the read models are of another version: they are built anew');
    isTold = true;
  };
  const { events } = await rebuild({ ...parts, dryRun: false, onProgress });
  logger.info({ events }, 'the read models are built');
};
