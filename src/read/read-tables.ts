import type { Db, ReadTables } from '../database/index.ts';

/** The read models that queries read. */
export const readTables = (db: Db) => db.$extendTables<Pick<ReadTables, keyof ReadTables>>().withSchema('read');
