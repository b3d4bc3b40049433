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

/** What the rows are of, what they are to be of, and whose that makes them. */
const standingIn = async (db: Db, projections: RenewParts['projections']) => {
  const [before, mine] = [await versionsIn(db), projections(LIVE)];
  const versions = versionsOf(mine);
  // Built back and forth, they would be right for either version by turns.
  const isLater = before !== null && areLater(before, mine);
  const whose: Renewed = before === versions ? 'Ours' : isLater ? 'LaterVersions' : 'Earlier';
  return { before, versions, whose };
};

/** Whose the read models are as they stand: nothing is built. */
export const whoseReadModels = async (db: Db, projections: RenewParts['projections']): Promise<Renewed> =>
  (await standingIn(db, projections)).whose;

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
