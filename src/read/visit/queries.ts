import type { Db } from '../../database/index.ts';
import { LIVE, postgresRows } from '../../projection/index.ts';
import { type ClaimedVisit, VISIT } from './model.ts';

const { load } = postgresRows(LIVE, VISIT);

export const visitQueries = {
  /** Those of the visits that were claimed. */
  claimedVisits: (db: Db, ids: readonly string[]): Promise<readonly ClaimedVisit[]> => load(db, ids),
};
