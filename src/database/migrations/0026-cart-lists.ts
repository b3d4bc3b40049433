import { type Kysely, sql } from 'kysely';

/**
 * Carts, what was changed last first: all, an owner's, and those with a product (ADR-062). Each status has an index of its own,
 * so that a change of a cart writes one of them; the list of all is put together of the three. The next start fills the table.
 */
const STATEMENTS = `
  create index cart_open on read.cart (updated_at desc, id collate "C" desc)
    where order_id is null and merged_into is null;
  create index cart_checked_out on read.cart (updated_at desc, id collate "C" desc)
    where order_id is not null and merged_into is null;
  create index cart_merged on read.cart (updated_at desc, id collate "C" desc) where merged_into is not null;
  drop index read.cart_by_owner;
  create index cart_newest_of_owner on read.cart (owner, updated_at desc, id collate "C" desc) where owner is not null;
  create table read.cart_product (
    cart_id text not null, product_id text not null, updated_at timestamptz not null, primary key (cart_id, product_id)
  );
  create index cart_product_newest on read.cart_product (product_id, updated_at desc, cart_id collate "C" desc);
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw(STATEMENTS).execute(db);
};
