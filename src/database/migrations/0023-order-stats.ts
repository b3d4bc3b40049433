import { type Kysely, sql } from 'kysely';

/**
 * How many orders there are by status, and how many something happened to in each stretch of time (ADR-063); the next start
 * fills them. Few rows, written again and again: with room on their pages, none of those writes touches an index (HOT).
 */
const STATEMENTS = `
  create table read.order_count (status text primary key, orders integer not null) with (fillfactor = 50);
  create table read.order_tally (
    series text not null,
    at timestamptz not null,
    bin integer not null,
    orders integer not null,
    primary key (series, at, bin)
  ) with (fillfactor = 50);
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw(STATEMENTS).execute(db);
};
