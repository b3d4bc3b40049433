import { sql } from 'kysely';
import type { Db } from '../database/index.ts';
import type { Logger } from '../platform/index.ts';
import { areLater, LIVE, lastPosition, versionsOf } from '../projection/index.ts';
import { RebuildRunning, rebuild } from './rebuild.ts';
import type { RebuildParts } from './rebuild-parts.ts';
import { setVersions } from './shadow.ts';

const versionsIn = async (db: Db): Promise<string | null> => {
  const { rows } = await sql<{ readonly versions: string | null }>`
    select obj_description(${LIVE}::regnamespace, 'pg_namespace') as versions`.execute(db);
  return rows[0]?.versions ?? null;
};

export interface RenewParts extends Pick<RebuildParts, 'db' | 'projections' | 'signal'> {
  readonly logger: Logger;
}

/** Whose rows the read models hold: this version's, a later one's, or an earlier one's for as long as another rebuild runs. */
export type Renewed = 'Ours' | 'LaterVersions' | 'Earlier';

/**
 * Builds the read models anew when an earlier version of panier wrote their rows, or when one of them is new; nothing else can
 * read them then. What a later version wrote is left to that. A rebuild that runs is left to its end, which may leave them as
 * they are: it may be a dry one, or be broken off. So whoever is not told that they are ours asks again.
 */
export const renewReadModels = async (parts: RenewParts): Promise<Renewed> => {
  const [before, mine] = [await versionsIn(parts.db), parts.projections(LIVE)];
  // Built back and forth, they would be right for either version by turns.
  if (before !== null && areLater(before, mine)) return 'LaterVersions';
  return bringTo(versionsOf(mine), before, parts);
};

/** The same, as it stands: nothing is built. */
export const whoseReadModels = async (db: Db, projections: RenewParts['projections']): Promise<Renewed> => {
  const [there, mine] = [await versionsIn(db), projections(LIVE)];
  if (there === versionsOf(mine)) return 'Ours';
  return there !== null && areLater(there, mine) ? 'LaterVersions' : 'Earlier';
};

const bringTo = async (versions: string, before: string | null, parts: RenewParts): Promise<Renewed> => {
  if (before === versions) return 'Ours';
  if ((await lastPosition(parts.db)) === 0n) {
    await setVersions(parts.db, LIVE, versions);
    return 'Ours';
  }
  try {
    await buildAnew(parts, { before, versions });
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
