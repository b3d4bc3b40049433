import { CompiledQuery, type Kysely, type Selectable } from 'kysely';
import type { ReadTables, Tables } from '../database/index.ts';
import type { ReadSchema } from './projection.ts';

/** Reads the rows with these ids, in any order; unknown ids are left out. */
export const selectByIds = <T extends 'cart' | 'order' | 'product'>(schema: ReadSchema, table: T) => {
  const statement = `select * from ${schema}."${table}" where id = any($1::text[])`;
  return async (db: Kysely<Tables>, ids: readonly string[]): Promise<readonly Selectable<ReadTables[T]>[]> => {
    if (ids.length === 0) return [];
    const { rows } = await db.executeQuery<Selectable<ReadTables[T]>>(CompiledQuery.raw(statement, [ids]));
    return rows;
  };
};
