import { type Kysely, sql } from 'kysely';

/**
 * Carts, the newest first: in the order of their last change, each change of a cart wrote every index of its row anew, and a row
 * for each product in it (ADR-062). The time of creation never changes. The next
 * start fills the tables.
 */
const STATEMENTS = `
  alter table read.cart add column created_at timestamptz;
  drop index read.cart_open, read.cart_checked_out, read.cart_merged, read.cart_newest_of_owner;
  create index cart_open on read.cart (created_at desc, id collate "C" desc)
    where order_id is null and merged_into is null;
  create index cart_checked_out on read.cart (created_at desc, id collate "C" desc)
    where order_id is not null and merged_into is null;
  create index cart_merged on read.cart (created_at desc, id collate "C" desc) where merged_into is not null;
  create index cart_newest_of_owner on read.cart (owner, created_at desc, id collate "C" desc) where owner is not null;
  alter table read.cart_product rename column updated_at to created_at;
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw(STATEMENTS).execute(db);
};
