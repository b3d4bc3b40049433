import { PRODUCERS } from '../../src/events/index.ts';
import type { EventSeen, OrderSeen } from './verdict/index.ts';

/** Where the event store and the read models are read by SQL. */
export interface Store {
  readonly query: <Row extends Record<string, unknown>>(text: string) => Promise<readonly Row[]>;
}

const OURS = Object.values(PRODUCERS)
  .map((name) => `'${name}'`)
  .join(', ');

/** An order's own events, and the one of its cart that made it; not what others say of it, who may trace nothing. */
const EVENTS = `
  select event_id as "eventId", type, stream, traceparent,
    (extract(epoch from occurred_at) * 1000000)::float as "occurredAtMicros",
    (extract(epoch from recorded_at) * 1000000)::float as "storedAtMicros",
    case when type = 'CartCheckedOut' then data ->> 'order_id' else aggregate_id end as "orderId"
  from audit.event_store
  where (aggregate_type = 'Order' or type = 'CartCheckedOut') and producer in (${OURS})
  order by position`;

const ORDERS = `select id, status from read."order" where created_at is not null`;

type StoredEvent = EventSeen & { readonly orderId: string };
type StoredOrder = Pick<OrderSeen, 'id' | 'status'>;

/** What only the customers know of an order. */
export type Customers = Pick<OrderSeen, 'commands' | 'isWatched'>;

/** All orders that there are, each with its events, in the order of the event store. */
export const ordersOf = async (
  store: Store,
  customersOf: (orderId: string) => Customers,
): Promise<readonly OrderSeen[]> => {
  const events = Map.groupBy(
    await store.query<StoredEvent & Record<string, unknown>>(EVENTS),
    ({ orderId }) => orderId,
  );
  const orders = await store.query<StoredOrder & Record<string, unknown>>(ORDERS);
  return orders.map(({ id, status }) => ({ id, status, events: events.get(id) ?? [], ...customersOf(id) }));
};

/** A span that an event bears, and when the event was written. */
export interface Borne {
  readonly traceparent: string;
  readonly atMicros: number;
}

const BORNE = `
  select traceparent, (extract(epoch from occurred_at) * 1000000)::float as "atMicros"
  from audit.event_store where traceparent is not null`;

/** What every event bears, also those of carts and products. */
export const borneBy = (store: Store): Promise<readonly Borne[]> => store.query<Borne & Record<string, unknown>>(BORNE);
