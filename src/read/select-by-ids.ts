import type { Selectable } from 'kysely';
import { type ReadTables, type Runner, statement } from '../database/index.ts';
import type { ReadSchema } from './projection.ts';

/** All columns of the tables, one by one: a prepared statement must not change when a later version adds one. */
const COLUMNS = {
  cart: 'id, customer_id, session_id, currency, items, order_id, version, updated_at',
  order: 'id, customer_id, cart_id, status, revision, facts, created_at, updated_at',
  product: 'id, name, price, currency, upserted_version, available, reserved, sold',
} as const satisfies Partial<Record<keyof ReadTables, string>>;

/** Reads the rows with these ids, in any order; unknown ids are left out. */
export const selectByIds = <T extends keyof typeof COLUMNS>(schema: ReadSchema, table: T) => {
  const select = statement<Selectable<ReadTables[T]>>(
    `select ${COLUMNS[table]} from ${schema}."${table}" where id = any($1::text[])`,
  );
  return async (runner: Runner, ids: readonly string[]): Promise<readonly Selectable<ReadTables[T]>[]> =>
    ids.length === 0 ? [] : select(runner, [ids]);
};
