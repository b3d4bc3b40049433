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

export interface RenewParts extends Pick<RebuildParts, 'db' | 'projections'> {
  readonly logger: Logger;
}

/** Whose rows the read models hold: this version's, which may go on with them, or a later one's. */
export type Renewed = 'Ours' | 'LaterVersions';

/**
 * Builds the read models anew when an earlier version of panier wrote their rows, or when one of them is new; nothing else can
 * read them then. Another process that does so already is left to it, and what a later version wrote is left to that.
 */
export const renewReadModels = async (parts: RenewParts): Promise<Renewed> => {
  const [before, mine] = [await versionsIn(parts.db), parts.projections(LIVE)];
  // Built back and forth, they would be right for either version by turns.
  if (before !== null && areLater(before, mine)) {
    parts.logger.warn({ before, versions: versionsOf(mine) }, 'the read models are left to a later version of panier');
    return 'LaterVersions';
  }
  await bringTo(versionsOf(mine), before, parts);
  return 'Ours';
};

const bringTo = async (versions: string, before: string | null, { logger, ...parts }: RenewParts): Promise<void> => {
  if (before === versions) return;
  if ((await lastPosition(parts.db)) === 0n) return setVersions(parts.db, LIVE, versions);
  logger.info({ before, versions }, 'the read models are of another version: they are built anew');
  try {
    const { events } = await rebuild({ ...parts, dryRun: false, onProgress: () => {} });
    logger.info({ events }, 'the read models are built');
  } catch (error) {
    if (!(error instanceof RebuildRunning)) throw error;
  }
};
