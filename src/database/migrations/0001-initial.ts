import { type Kysely, sql } from 'kysely';

const journal = (schema: 'write' | 'saga'): string => `
  create table ${schema}.journal (
    position bigint generated always as identity primary key,
    sequence integer not null,
    event_id text not null unique,
    type text not null,
    stream text not null,
    occurred_at timestamptz not null,
    aggregate_type text not null,
    aggregate_id text not null,
    version integer,
    correlation_id text not null,
    causation_id text,
    producer text not null,
    producer_instance text not null,
    traceparent text,
    schema_version integer not null,
    data json not null,
    heard boolean not null default false,
    unique (aggregate_id, sequence)
  );
  create trigger keep_forever before update or delete or truncate on ${schema}.journal
    for each statement execute function public.panier_refuse_change();
`;

const outbox = (schema: 'write' | 'saga'): string => `
  create table ${schema}.outbox (position bigint primary key)
    with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
  create table ${schema}.publication (
    stream text not null,
    number bigint not null,
    positions bigint[] not null,
    last_entry_id text not null,
    published_at timestamptz not null default now(),
    primary key (stream, number)
  );
`;

const idempotency = (schema: 'write' | 'saga'): string => `
  create table ${schema}.idempotency (
    key text primary key,
    request_hash text not null,
    result json not null,
    recorded_at timestamptz not null default now()
  );
  create index idempotency_by_age on ${schema}.idempotency (recorded_at);
`;

const service = (schema: 'write' | 'saga'): string =>
  [`create schema ${schema};`, journal(schema), outbox(schema), idempotency(schema)].join('');

const REFUSE_CHANGE = `
  create function public.panier_refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception 'events are kept for ever: % of %.% is refused', tg_op, tg_table_schema, tg_table_name
      using errcode = 'insufficient_privilege';
  end $$;
`;

const WRITE = `
  create table write.task (
    kind text not null,
    order_id text not null,
    due_at timestamptz not null,
    attempts integer not null default 0,
    payload json not null,
    primary key (order_id, kind)
  );
  create index task_by_due on write.task (due_at);
  create table write.simulated_charge (
    idempotency_key text primary key,
    order_id text not null,
    payment_id text not null unique,
    amount numeric not null,
    currency text not null,
    payment_method text not null,
    calls integer not null,
    outcome text not null,
    refunded boolean not null default false
  );
`;

const SAGA = `
  create table saga.stock (
    product_id text primary key,
    available integer not null default 0 check (available >= 0),
    reserved integer not null default 0 check (reserved >= 0),
    sold integer not null default 0 check (sold >= 0)
  ) with (fillfactor = 50);
  create table saga.reservation (
    order_id text primary key,
    state text not null,
    lines json not null,
    paid boolean not null,
    compensated boolean not null,
    version integer not null
  ) with (fillfactor = 80);
  create table saga.adjustment (
    event_id text primary key, product_id text not null, delta integer not null, applied boolean not null
  );
  create index adjustment_waiting on saga.adjustment (product_id) where not applied;
`;

const AUDIT = `
  create schema audit;
  create table audit.event_store (
    position bigint generated always as identity primary key,
    event_id text not null unique,
    type text not null,
    stream text not null,
    occurred_at timestamptz not null,
    aggregate_type text not null,
    aggregate_id text not null,
    version integer not null,
    correlation_id text not null,
    causation_id text,
    producer text not null,
    producer_instance text not null,
    traceparent text,
    schema_version integer not null,
    data json not null,
    recorded_at timestamptz not null default now()
  );
  create index event_store_by_aggregate on audit.event_store (aggregate_id, position);
  create index event_store_by_correlation on audit.event_store (correlation_id, position);
  create trigger keep_forever before update or delete or truncate on audit.event_store
    for each statement execute function public.panier_refuse_change();
  create schema bus;
  create table bus.dead_letter (
    consumer_group text not null,
    stream text not null,
    entry_id text not null,
    fields json not null,
    error text not null,
    deliveries integer not null,
    first_at timestamptz not null default now(),
    last_at timestamptz not null default now(),
    id text not null unique
      generated always as ('dead_' || md5(consumer_group || ' ' || stream || ' ' || entry_id)) stored,
    number bigint generated always as identity,
    state text not null default 'OPEN',
    reason text,
    settled_at timestamptz,
    settled_version integer not null default 0,
    primary key (consumer_group, stream, entry_id)
  );
  create index dead_letter_by_number on bus.dead_letter (state, number);
`;

const READ = `
  create schema read;
  create table read.cart (
    id text primary key,
    customer_id text,
    session_id text,
    currency text not null,
    items json not null,
    order_id text,
    version integer not null,
    updated_at timestamptz not null
  ) with (fillfactor = 80);
  create table read."order" (
    id text primary key,
    customer_id text,
    cart_id text,
    status text not null,
    revision integer not null,
    facts json not null,
    created_at timestamptz,
    updated_at timestamptz not null
  ) with (fillfactor = 70);
  create index order_newest on read."order" (created_at desc, id desc) where created_at is not null;
  create index order_newest_of_customer on read."order" (customer_id, created_at desc, id desc)
    where created_at is not null;
  create index order_open on read."order" (created_at, id)
    where created_at is not null and status not in ('CONFIRMED', 'REJECTED', 'CANCELLED');
  create table read.order_step (
    order_id text not null, revision integer not null, event_position bigint not null, status text not null,
    primary key (order_id, revision)
  );
  create table read.product (
    id text primary key,
    name text,
    price text,
    currency text,
    upserted_version integer not null default 0,
    available integer not null default 0,
    reserved integer not null default 0,
    sold integer not null default 0
  ) with (fillfactor = 50);
  create table read.hold (order_id text primary key, facts json not null) with (fillfactor = 80);
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  const statements = [REFUSE_CHANGE, service('write'), WRITE, service('saga'), SAGA, AUDIT, READ];
  for (const statement of statements) await sql.raw(statement).execute(db);
};
