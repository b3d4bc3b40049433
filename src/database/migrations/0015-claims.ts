import { type Kysely, sql } from 'kysely';

const JOURNAL = String.raw`
  create index journal_by_customer on write.journal ((public.panier_readable(data)->>'customer_id'))
    where type in ('CartCreated', 'VisitClaimed') and public.panier_readable(data)->>'customer_id' is not null;
  create index journal_by_visitor on write.journal ((public.panier_readable(data)->>'session_id'))
    where type = 'CartCreated' and public.panier_readable(data)->>'customer_id' is null
      and public.panier_readable(data)->>'session_id' like 'visit\_%';
`;

const READ_MODELS = `
  create table read.visit (id text primary key, customer_id text not null);
  alter table read.cart add column merged_into text;
  create index cart_by_owner on read.cart (owner) where owner is not null;
  drop index read.order_newest_of_owner;
  create index order_newest_of_owner on read."order" (owner, created_at desc, id collate "C" desc)
    where owner is not null;
`;

/** Who has claimed a visit, the carts and orders that are theirs by that, and where the lines of merged carts are. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of [JOURNAL, READ_MODELS]) await sql.raw(statement).execute(db);
};
