import { type Kysely, sql } from 'kysely';

/**
 * Who this database is: what belongs to it elsewhere says so by this id (ADR-036). A backup has it, too. And a row for each
 * process, which tells by writing it whether commands can be written.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create table bus.identity (
    is_only boolean primary key default true check (is_only),
    id uuid not null default gen_random_uuid()
  )`.execute(db);
  await sql`insert into bus.identity default values`.execute(db);
  await sql`create table write.probe (instance integer primary key, written_at timestamptz not null)
    with (fillfactor = 10)`.execute(db);
};
