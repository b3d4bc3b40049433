import { type Kysely, sql } from 'kysely';

/**
 * Products in the natural order of their ids, all and by whether there are any, and by the beginnings of the words of their
 * names (ADR-062); the next start fills them. What is available changes with every order, whether anything is hardly ever: so
 * that is a column of its own, and an order's update of a product stays on its page (HOT).
 */
const STATEMENTS = `
  alter table read.product add column natural_id text;
  alter table read.product add column is_available boolean generated always as (available > 0) stored;
  create index product_natural on read.product (natural_id collate "C", id collate "C") where name is not null;
  create index product_in_stock on read.product (natural_id collate "C", id collate "C")
    where name is not null and is_available;
  create index product_sold_out on read.product (natural_id collate "C", id collate "C")
    where name is not null and not is_available;
  create table read.product_term (
    product_id text not null, term text not null, natural_id text not null, primary key (product_id, term)
  );
  create index product_term_natural on read.product_term (term, natural_id collate "C", product_id collate "C");
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw(STATEMENTS).execute(db);
};
