import { type Kysely, sql, type Transaction } from 'kysely';
import { definitionOf, type Tables } from '../database/index.ts';
import { LIVE, REBUILT, type ReadSchema } from '../projection/index.ts';
import { cloneTables } from './clone-tables.ts';
import { type ModelTable, modelTablesIn } from './model-table.ts';

const REPLACED = 'read_replaced';

/** What a rebuild would put in place is not made as the read models in use are: something of them would be lost. */
export class ShadowDiffers extends Error {
  override readonly name = 'ShadowDiffers';
}

const tableIn = (schema: string, table: string) => sql.id(schema, table);

/** Removes what a rebuild left, also one that died. */
export const dropShadows = async (db: Kysely<Tables>): Promise<void> => {
  await sql.raw(`drop schema if exists ${REBUILT} cascade; drop schema if exists ${REPLACED} cascade`).execute(db);
};

const differences = async (tx: Transaction<Tables>): Promise<readonly string[]> => {
  const live = new Set(await definitionOf(tx, LIVE));
  const shadow = new Set(await definitionOf(tx, REBUILT));
  return [...live.symmetricDifference(shadow)];
};

/** Notes at a schema of read models what their rows are. */
export const setVersions = async (db: Kysely<Tables>, schema: ReadSchema, versions: string): Promise<void> => {
  await sql`comment on schema ${sql.id(schema)} is ${sql.lit(versions)}`.execute(db);
};

/** Makes the tables of the read models once more, without rows. @throws {ShadowDiffers} when they hold what cannot be copied. */
export const createShadow = (session: Kysely<Tables>, versions: string): Promise<void> =>
  session.transaction().execute(async (tx) => {
    await dropShadows(tx);
    await sql`create schema ${sql.id(REBUILT)}`.execute(tx);
    await cloneTables(tx, LIVE, REBUILT);
    await setVersions(tx, REBUILT, versions);
    const [difference] = await differences(tx);
    if (difference === undefined) return;
    throw new ShadowDiffers(
      `The schema ${LIVE} has something that a replay cannot copy, and would lose: ${difference}. ` +
        'Remove it, or move it to a schema of its own.',
    );
  });

/** Nobody changes the tables until the transaction ends. @throws {ShadowDiffers} when somebody has since the rebuild began. */
export const holdTables = async (tx: Transaction<Tables>): Promise<readonly ModelTable[]> => {
  const models = await modelTablesIn(tx, LIVE);
  for (const { table } of models) await sql`lock table ${tableIn(LIVE, table)} in access share mode`.execute(tx);
  const [difference] = await differences(tx);
  if (difference === undefined) return models;
  throw new ShadowDiffers(
    `The tables of the read models were changed while they were built anew (${difference}): start the replay again.`,
  );
};

/** Statistics for the planner: it has none of tables that were just filled. */
export const analyzeShadow = async (db: Kysely<Tables>): Promise<void> => {
  const models = await modelTablesIn(db, REBUILT);
  await sql`analyze ${sql.join(models.map(({ table }) => tableIn(REBUILT, table)))}`.execute(db);
};

/** Puts the shadow in the place of `read`; readers see the one before the commit, the other after it. */
export const swap = async (tx: Transaction<Tables>): Promise<void> => {
  await sql.raw(`alter schema ${LIVE} rename to ${REPLACED}; alter schema ${REBUILT} rename to ${LIVE}`).execute(tx);
};
