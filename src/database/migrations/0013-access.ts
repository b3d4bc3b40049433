import { type Kysely, sql } from 'kysely';

/** The keys that visitors' tokens are signed with, and whose tokens were revoked. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create schema access`.execute(db);
  await sql`create table access.visit_key (
    number bigint primary key generated always as identity,
    kid text not null unique,
    secret text not null,
    created_at timestamptz not null default now()
  )`.execute(db);
  // The number grows with each revocation, so that who knows all up to one asks for those after it.
  await sql`create table access.revocation (
    subject text primary key,
    issued_before timestamptz not null,
    number bigint not null unique
  )`.execute(db);
};
