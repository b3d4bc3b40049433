import { sql } from 'kysely';
import type { Db } from '../database/index.ts';
import type { Logger } from '../platform/index.ts';
import { LIVE, lastPosition, versionsOf } from '../projection/index.ts';
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

/**
 * Builds the read models anew when another version of panier wrote their rows, or when one of them is new; nothing else can
 * read them then. Another process that does so already is left to it.
 */
export const renewReadModels = async ({ logger, ...parts }: RenewParts): Promise<void> => {
  const [before, versions] = [await versionsIn(parts.db), versionsOf(parts.projections(LIVE))];
  if (before === versions) return;
  if ((await lastPosition(parts.db)) === 0n) return setVersions(parts.db, LIVE, versions);
  logger.warn({ before, versions }, 'the read models are of another version: they are built anew');
  try {
    const { events } = await rebuild({ ...parts, dryRun: false, onProgress: () => {} });
    logger.warn({ events }, 'the read models are built');
  } catch (error) {
    if (!(error instanceof RebuildRunning)) throw error;
  }
};
