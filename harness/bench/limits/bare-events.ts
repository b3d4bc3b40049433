import { newId } from '../../../src/events/index.ts';

/** Tables like panier's journal, outbox and event store. */
export const BARE_TABLES = `
  create schema bare;
  create table bare.journal (like write.journal including all);
  create table bare.outbox (like write.outbox including all);
  create table bare.event_store (like audit.event_store including all);
  create table bare.stock (product_id text primary key, available integer not null check (available >= 0));
  create table bare.reservation (order_id text primary key, quantity integer not null);
  insert into bare.stock values ('prod_hot', 0)`;

type Column = readonly [name: string, sqlType: string, of: (aggregateId: string) => unknown];

const DATA = JSON.stringify({ cart_item_id: '1', product_id: newId('Product'), quantity: 1, unit_price: '10.50' });

const COLUMNS: readonly Column[] = [
  ['event_id', 'text', () => newId('Event')],
  ['type', 'text', () => 'CartItemAdded'],
  ['stream', 'text', () => 'ecommerce.carts.events'],
  ['aggregate_type', 'text', () => 'Cart'],
  ['aggregate_id', 'text', (id) => id],
  ['version', 'integer', () => 1],
  ['correlation_id', 'text', (id) => id],
  ['producer', 'text', () => 'ecommerce-api'],
  ['producer_instance', 'text', () => 'ecommerce-api-1'],
  ['schema_version', 'integer', () => 1],
  ['data', 'json', () => DATA],
];

const NAMES = COLUMNS.map(([name]) => name).join(', ');
const ARRAYS = COLUMNS.map(([, sqlType], index) => `$${index + 1}::${sqlType}[]`).join(', ');

/** Writes {@link bareEvents} to the journal and the outbox. */
export const RECORD_BARE = `
  with recorded as (
    insert into bare.journal (sequence, occurred_at, ${NAMES})
    select 1, now(), ${NAMES} from unnest(${ARRAYS}) as event (${NAMES})
    returning position
  )
  insert into bare.outbox (position) select position from recorded`;

/** Writes {@link bareEvents} to the event store. */
export const STORE_BARE = `
  insert into bare.event_store (occurred_at, ${NAMES})
  select now(), ${NAMES} from unnest(${ARRAYS}) as event (${NAMES})`;

/** One event of each aggregate, column by column. */
export const bareEvents = (aggregateIds: readonly string[]): unknown[] =>
  COLUMNS.map(([, , of]) => aggregateIds.map(of));
