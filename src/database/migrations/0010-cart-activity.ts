import { type Kysely, sql } from 'kysely';

/** What tells which carts were left behind; the first start fills it. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create table read.cart_activity (
    id text primary key,
    items json not null,
    is_created boolean not null,
    is_checked_out boolean not null,
    is_waiting boolean not null,
    changed_at timestamptz not null
  ) with (fillfactor = 80)`.execute(db);
  await sql`create index cart_activity_waiting on read.cart_activity (changed_at, id) where is_waiting`.execute(db);
};
