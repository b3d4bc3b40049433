import { type Kysely, sql } from 'kysely';

/**
 * What an order wants of an inventory elsewhere, line by line, and how far it has come (ADR-055): written down before the first
 * call. And the orders of which calls are due, each at a time by this database's clock.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table saga.reservation add column intent json`.execute(db);
  await sql`
    create table saga.remote_task (
      order_id text not null primary key,
      due_at timestamptz not null,
      answer_by timestamptz not null,
      attempts integer not null default 0,
      claimed boolean not null default false
    )`.execute(db);
  await sql`create index remote_task_due on saga.remote_task (due_at)`.execute(db);
};
