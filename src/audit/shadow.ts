import { type Kysely, sql, type Transaction } from 'kysely';
import { readModelTables, type Tables } from '../database/index.ts';

/** Where a rebuild writes before it takes the place of `read`. */
export const SHADOW = 'read_rebuild';
const REPLACED = 'read_replaced';

/** The tables of the read models, and what names a row of each. */
export const READ_MODELS = [
  { table: 'cart', key: 'id' },
  { table: 'order', key: 'id' },
  { table: 'order_step', key: "order_id || ' step ' || revision" },
  { table: 'product', key: 'id' },
  { table: 'hold', key: 'order_id' },
] as const;

export type ReadModel = (typeof READ_MODELS)[number];

/** Removes what a rebuild left, also one that died. */
export const dropShadows = async (db: Kysely<Tables>): Promise<void> => {
  await sql.raw(`drop schema if exists ${SHADOW} cascade; drop schema if exists ${REPLACED} cascade`).execute(db);
};

export const createShadow = async (db: Kysely<Tables>): Promise<void> => {
  await dropShadows(db);
  await sql.raw(readModelTables(SHADOW)).execute(db);
};

/** Statistics for the planner: it has none of tables that were just filled. */
export const analyzeShadow = async (db: Kysely<Tables>): Promise<void> => {
  const tables = READ_MODELS.map(({ table }) => `${SHADOW}."${table}"`);
  await sql.raw(`analyze ${tables.join(', ')}`).execute(db);
};

/** Puts the shadow in the place of `read`; readers see the one before the commit, the other after it. */
export const swap = async (tx: Transaction<Tables>): Promise<void> => {
  await sql.raw(`alter schema read rename to ${REPLACED}; alter schema ${SHADOW} rename to read`).execute(tx);
};
