import { type Kysely, sql } from 'kysely';

/**
 * Who is told of events by HTTP, and how far (ADR-057). Of each endpoint everything up to `head` is delivered but what `owed`
 * names; `revision` grows with whatever an operator changes, so that nobody goes on by what was, and `epoch` when that is where
 * the endpoint stands, so that nobody notes what stood before. Secrets stand apart, for
 * who may read them is not who may read the rest. A worker's row is its lease on all the endpoints that it leads.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create schema webhook`.execute(db);
  await sql`
    create table webhook.endpoint (
      id text not null primary key,
      url text not null,
      event_types text[],
      format text not null,
      status text not null default 'ACTIVE',
      revision integer not null default 1,
      epoch integer not null default 1,
      head bigint not null,
      owed json not null default '[]',
      next_attempt_at timestamptz,
      failed_at timestamptz,
      failure_status integer,
      failure_reason text,
      failure_event_id text,
      leader text,
      created_at timestamptz not null default now()
    ) with (fillfactor = 50)`.execute(db);
  await sql`
    create table webhook.secret (
      endpoint_id text not null references webhook.endpoint (id) on delete cascade,
      number bigint generated always as identity,
      secret text not null,
      created_at timestamptz not null default now(),
      expires_at timestamptz,
      primary key (endpoint_id, number)
    )`.execute(db);
  await sql`
    create table webhook.worker (
      id text not null primary key,
      alive_until timestamptz not null
    ) with (fillfactor = 50)`.execute(db);
};
