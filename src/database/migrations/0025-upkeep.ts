import { type Kysely, sql } from 'kysely';

/**
 * Verifications and replays that operators start (ADR-065). One is under way at a time: the index lets no second one in. The lease
 * tells that the process which carries it out is alive; a run whose lease is over is lost, and nobody takes it on.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create schema upkeep`.execute(db);
  await sql`
    create table upkeep.run (
      id text not null primary key,
      kind text not null,
      settings json not null,
      status text not null default 'WAITING',
      requested_by text not null,
      requested_at timestamptz not null default now(),
      request_key text unique,
      request_hash text,
      started_at timestamptz,
      ended_at timestamptz,
      lease_until timestamptz,
      cancelled_by text,
      steps json not null default '[]',
      failure text
    ) with (fillfactor = 50)`.execute(db);
  await sql`create unique index run_under_way on upkeep.run ((true)) where status in ('WAITING', 'RUNNING')`.execute(
    db,
  );
};
