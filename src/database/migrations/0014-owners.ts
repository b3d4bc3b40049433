import { type Kysely, sql } from 'kysely';

/** Whose a cart or an order is, as one text to look for; the next start fills it in. */
const STATEMENTS = `
  alter table read.cart add column owner text;
  alter table read."order" add column owner text;
  drop index read.order_newest_of_customer;
  create index order_newest_of_owner on read."order" (owner, created_at desc, id collate "C" desc)
    where created_at is not null;
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw(STATEMENTS).execute(db);
};
