import { type Kysely, sql, type Transaction } from 'kysely';
import { definitionOf, type Tables } from '../database/index.ts';
import { cloneTables } from './clone-tables.ts';
import { type ReadModel, readModelsIn } from './read-model.ts';

/** The read models in use. */
export const LIVE = 'read';
/** Where a rebuild writes before it takes their place. */
export const SHADOW = 'read_rebuild';
const REPLACED = 'read_replaced';
/** What the rows of the read models are: those of another version are to be built anew. It stands at their schema. */
export const READ_MODEL_VERSION = 'read models, version 2';

/** What a rebuild would put in place is not made as the read models in use are: something of them would be lost. */
export class ShadowDiffers extends Error {
  override readonly name = 'ShadowDiffers';
}

const tableIn = (schema: string, table: string) => sql.id(schema, table);

/** Removes what a rebuild left, also one that died. */
export const dropShadows = async (db: Kysely<Tables>): Promise<void> => {
  await sql.raw(`drop schema if exists ${SHADOW} cascade; drop schema if exists ${REPLACED} cascade`).execute(db);
};

const differences = async (tx: Transaction<Tables>): Promise<readonly string[]> => {
  const live = new Set(await definitionOf(tx, LIVE));
  const shadow = new Set(await definitionOf(tx, SHADOW));
  return [...live.symmetricDifference(shadow)];
};

/** Makes the tables of the read models once more, without rows. @throws {ShadowDiffers} when they hold what cannot be copied. */
export const createShadow = (session: Kysely<Tables>): Promise<void> =>
  session.transaction().execute(async (tx) => {
    await dropShadows(tx);
    await sql`create schema ${sql.id(SHADOW)}`.execute(tx);
    await cloneTables(tx, LIVE, SHADOW);
    await sql`comment on schema ${sql.id(SHADOW)} is ${sql.lit(READ_MODEL_VERSION)}`.execute(tx);
    const [difference] = await differences(tx);
    if (difference === undefined) return;
    throw new ShadowDiffers(
      `The schema ${LIVE} has something that a replay cannot copy, and would lose: ${difference}. ` +
        'Remove it, or move it to a schema of its own.',
    );
  });

/** Nobody changes the tables until the transaction ends. @throws {ShadowDiffers} when somebody has since the rebuild began. */
export const holdTables = async (tx: Transaction<Tables>): Promise<readonly ReadModel[]> => {
  const models = await readModelsIn(tx, LIVE);
  for (const { table } of models) await sql`lock table ${tableIn(LIVE, table)} in access share mode`.execute(tx);
  const [difference] = await differences(tx);
  if (difference === undefined) return models;
  throw new ShadowDiffers(
    `The tables of the read models were changed while they were built anew (${difference}): start the replay again.`,
  );
};

/** Statistics for the planner: it has none of tables that were just filled. */
export const analyzeShadow = async (db: Kysely<Tables>): Promise<void> => {
  const models = await readModelsIn(db, SHADOW);
  await sql`analyze ${sql.join(models.map(({ table }) => tableIn(SHADOW, table)))}`.execute(db);
};

/** Puts the shadow in the place of `read`; readers see the one before the commit, the other after it. */
export const swap = async (tx: Transaction<Tables>): Promise<void> => {
  await sql.raw(`alter schema ${LIVE} rename to ${REPLACED}; alter schema ${SHADOW} rename to ${LIVE}`).execute(tx);
};
