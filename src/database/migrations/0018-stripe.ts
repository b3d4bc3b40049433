import { type Kysely, sql } from 'kysely';

/** The charges that Stripe was asked for, and what payment providers have told of by themselves (ADR-056). */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    create table write.stripe_charge (
      idempotency_key text primary key,
      order_id text not null,
      currency text not null,
      amount_minor bigint not null,
      payment_intent_id text unique,
      spent_keys integer not null default 0,
      declined text,
      asked_at timestamptz not null default now()
    )`.execute(db);
  await sql`
    create table write.payment_notice (
      provider text not null,
      notice_id text not null,
      type text not null,
      about text not null,
      order_id text,
      received_at timestamptz not null default now(),
      primary key (provider, notice_id)
    )`.execute(db);
  await sql`create index payment_notice_by_age on write.payment_notice (received_at)`.execute(db);
};
