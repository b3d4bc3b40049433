import { type Kysely, sql } from 'kysely';

/** By what orders are found: a list for each term, the newest first (ADR-062). The next start fills it. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create table read.order_term (
    order_id text not null,
    term text not null,
    created_at timestamptz not null,
    primary key (order_id, term)
  )`.execute(db);
  await sql`create index order_term_newest on read.order_term (term, created_at desc, order_id collate "C" desc)`.execute(
    db,
  );
};
