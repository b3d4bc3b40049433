import { type Kysely, sql } from 'kysely';

/**
 * Pages by id are in the order of code points, whatever order the database has for its texts: each database has another,
 * and some change theirs with a library. So are the indexes that they are read by.
 */
const INDEXES = `
  drop index read.order_newest;
  create index order_newest on read."order" (created_at desc, id collate "C" desc) where created_at is not null;
  drop index read.order_newest_of_customer;
  create index order_newest_of_customer on read."order" (customer_id, created_at desc, id collate "C" desc)
    where created_at is not null;
  drop index read.order_open;
  create index order_open on read."order" (created_at, id collate "C") where created_at is not null and not is_complete;
  drop index read.order_contradicted;
  create index order_contradicted on read."order" (id collate "C") where contradictions is not null;
  drop index read.cart_activity_waiting;
  create index cart_activity_waiting on read.cart_activity (changed_at, id collate "C") where is_waiting;
  create index product_by_code_points on read.product (id collate "C");
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw(INDEXES).execute(db);
};
