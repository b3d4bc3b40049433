import { type Kysely, sql } from 'kysely';
import type { Tables } from '../database/index.ts';

/** A table of the read models, as PostgreSQL knows it. */
export interface ModelTable {
  readonly table: string;
  /** The columns of its primary key, in the key's order. */
  readonly key: readonly string[];
  /** All columns, in the order of their names: that of the table tells when each was added. */
  readonly columns: readonly string[];
}

/** The tables of a schema, in the order in which they were made. */
export const modelTablesIn = async (db: Kysely<Tables>, schema: string): Promise<readonly ModelTable[]> => {
  const { rows } = await sql<ModelTable>`
    select relname as table,
      array(
        select attname::text from unnest(indkey) with ordinality as part (attnum, nth)
        join pg_attribute using (attnum) where attrelid = pg_class.oid order by nth
      ) as key,
      array(
        select attname::text from pg_attribute where attrelid = pg_class.oid and attnum > 0 and not attisdropped order by attname
      ) as columns
    from pg_class left join pg_index on indrelid = pg_class.oid and indisprimary
    where relnamespace = (select oid from pg_namespace where nspname = ${schema}) and relkind = 'r'
    order by pg_class.oid`.execute(db);
  return rows;
};
