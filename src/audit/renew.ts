import { sql } from 'kysely';
import type { Db } from '../database/index.ts';
import type { Logger } from '../platform/index.ts';
import { type RebuildParts, RebuildRunning, rebuild } from './rebuild.ts';
import { READ_MODEL_VERSION } from './shadow.ts';

const versionOf = async (db: Db): Promise<string | null> => {
  const { rows } = await sql<{ readonly version: string | null }>`
    select obj_description('read'::regnamespace, 'pg_namespace') as version`.execute(db);
  return rows[0]?.version ?? null;
};

/**
 * Builds the read models anew when another version of panier wrote their rows; nothing else can read them then. Another
 * process that does so already is left to it.
 */
export const renewReadModels = async ({
  logger,
  ...parts
}: Pick<RebuildParts, 'db' | 'projections'> & { readonly logger: Logger }): Promise<void> => {
  if ((await versionOf(parts.db)) === READ_MODEL_VERSION) return;
  logger.warn('the read models are of another version: they are built anew');
  try {
    const { events } = await rebuild({ ...parts, dryRun: false, onProgress: () => {} });
    logger.warn({ events }, 'the read models are built');
  } catch (error) {
    if (!(error instanceof RebuildRunning)) throw error;
  }
};
