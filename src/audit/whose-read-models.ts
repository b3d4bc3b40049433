import { sql } from 'kysely';
import type { Db } from '../database/index.ts';
import { areLater, LIVE, versionsOf } from '../projection/index.ts';
import type { RebuildParts } from './rebuild-parts.ts';

type Projections = RebuildParts['projections'];

const versionsIn = async (db: Db): Promise<string | null> => {
  const { rows } = await sql<{ readonly versions: string | null }>`
    select obj_description(${LIVE}::regnamespace, 'pg_namespace') as versions`.execute(db);
  return rows[0]?.versions ?? null;
};

/** Whose rows the read models hold: this version's, a later one's, or an earlier one's for as long as another rebuild runs. */
export type Renewed = 'Ours' | 'LaterVersions' | 'Earlier';

/** What the rows are of, what they are to be of, and whose that makes them. */
export const standingIn = async (db: Db, projections: Projections) => {
  const [before, mine] = [await versionsIn(db), projections(LIVE)];
  const versions = versionsOf(mine);
  // Built back and forth, they would be right for either version by turns.
  const isLater = before !== null && areLater(before, mine);
  const whose: Renewed = before === versions ? 'Ours' : isLater ? 'LaterVersions' : 'Earlier';
  return { before, versions, whose };
};

/** Whose the read models are as they stand: nothing is built. */
export const whoseReadModels = async (db: Db, projections: Projections): Promise<Renewed> =>
  (await standingIn(db, projections)).whose;

/** The read models are those of a later version of panier. */
class LaterReadModels extends Error {
  override readonly name = 'LaterReadModels';
}

/** @throws {LaterReadModels} */
export const refuseLater = async (db: Db, projections: Projections): Promise<void> => {
  if ((await whoseReadModels(db, projections)) !== 'LaterVersions') return;
  throw new LaterReadModels(
    'The read models are of a later version of panier, and the process that took this run is of an earlier one: end its role upkeep, ' +
      'and start the run again. To go back to the earlier version, end the later audit and use npm run replay.',
  );
};
