import { openLogger, sleep } from '../../../src/platform/index.ts';
import { openWebhookEndpoints, startWebhooks, type WebhookEndpoints } from '../../../src/webhooks/index.ts';
import type { OwnStore } from './own-store.ts';

const TICK_MS = 250;

/** Orders of two lines, each with the events that such an order has, one after the other. */
const FILL = `
  insert into audit.event_store
    (event_id, type, stream, occurred_at, aggregate_type, aggregate_id, version, correlation_id, causation_id, producer,
     producer_instance, schema_version, data)
  select 'event_' || md5(nth::text), 'OrderCreated', 'ecommerce.orders.events', now(), 'Order', 'order_' || nth / 4,
    nth % 4 + 1, 'order_' || nth / 4, 'event_' || md5((nth - 1)::text), 'ecommerce-api', 'ecommerce-api-1', 2,
    json_build_object('order_id', 'order_' || nth / 4, 'cart_id', 'cart_' || nth / 4, 'customer_id', null,
      'session_id', null, 'currency', 'EUR', 'total_amount', '829.89', 'method_kind', 'CARD',
      'lines', json_build_array(
        json_build_object('product_id', 'prod_4', 'quantity', 1, 'unit_price', '699.99'),
        json_build_object('product_id', 'prod_2', 'quantity', 1, 'unit_price', '129.90')))
  from generate_series(0, $1::integer - 1) as nth`;

/** Endpoints on an event store that is filled. */
export interface WebhookStore {
  readonly endpoints: WebhookEndpoints;
  /** Begins to deliver, by this very process. */
  readonly start: () => AsyncDisposable;
}

const RULES = { allow: { hosts: [], ranges: ['127.0.0.0/8'], isPrivate: false }, httpsOnly: false };

/** Nothing new ever comes: lanes read for as long as there is something. */
const neverNew = () => ({
  next: (signal?: AbortSignal) => sleep(2 ** 30, signal),
  [Symbol.dispose]: () => undefined,
});

export const openWebhookStore = async ({ database }: OwnStore, events: number): Promise<WebhookStore> => {
  await database.pool.query(FILL, [events]);
  await database.pool.query('analyze audit.event_store');
  return {
    endpoints: openWebhookEndpoints({ commands: database, queries: database, rules: RULES }),
    start: () =>
      startWebhooks({
        db: database.db,
        newEvents: neverNew(),
        ...RULES,
        logger: openLogger('silent'),
        limits: { tickMs: TICK_MS },
      }),
  };
};
