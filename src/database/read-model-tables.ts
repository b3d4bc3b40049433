const cartTables = (schema: string): string => `
  create table ${schema}.cart (
    id text primary key,
    customer_id text,
    session_id text,
    currency text not null,
    items json not null,
    order_id text,
    version integer not null,
    updated_at timestamptz not null
  ) with (fillfactor = 80);
`;

const orderTables = (schema: string): string => `
  create table ${schema}."order" (
    id text primary key,
    customer_id text,
    cart_id text,
    status text not null,
    revision integer not null,
    facts json not null,
    created_at timestamptz,
    updated_at timestamptz not null
  ) with (fillfactor = 70);
  create index order_newest on ${schema}."order" (created_at desc, id desc) where created_at is not null;
  create index order_newest_of_customer on ${schema}."order" (customer_id, created_at desc, id desc)
    where created_at is not null;
  create index order_open on ${schema}."order" (created_at, id)
    where created_at is not null and status not in ('CONFIRMED', 'REJECTED', 'CANCELLED');
  create table ${schema}.order_step (
    order_id text not null,
    revision integer not null,
    event_position bigint not null,
    status text not null,
    primary key (order_id, revision)
  );
`;

const productTables = (schema: string): string => `
  create table ${schema}.product (
    id text primary key,
    name text,
    price text,
    currency text,
    upserted_version integer not null default 0,
    available integer not null default 0,
    reserved integer not null default 0,
    sold integer not null default 0
  ) with (fillfactor = 50);
  create table ${schema}.hold (
    order_id text primary key,
    facts json not null
  ) with (fillfactor = 80);
`;

/** The statements that create the read models in a schema: `read` itself, or the one that a rebuild fills. */
export const readModelTables = (schema: string): string =>
  [`create schema ${schema};`, cartTables(schema), orderTables(schema), productTables(schema)].join('');
