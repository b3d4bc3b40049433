import type pg from 'pg';
import { testDatabase } from '../../harness/support/servers.ts';
import { type Database, migrate, openDatabase } from '../database/index.ts';
import { NO_POSITIONS, type Positions, type Rejection } from '../events/index.ts';
import { openLogger, type Result, Waker, type WebhookAllowance } from '../platform/index.ts';
import type { EndpointRequest, EndpointWithSecret, WebhookEndpoints } from './endpoints.ts';
import { openWebhookEndpoints } from './endpoints.ts';
import { type NewEvents, startWebhooks } from './start-webhooks.ts';
import type { WorkerLimits } from './worker.ts';

const ALLOW_LOOPBACK: WebhookAllowance = { hosts: [], ranges: ['127.0.0.0/8'], isPrivate: false };

/** Everything as it is, but sooner. */
const QUICK: Partial<WorkerLimits> = {
  tickMs: 50,
  saveEveryMs: 20,
  leaseMs: 1_000,
  pauses: { firstMs: 20, maxMs: 100 },
  post: { answerMs: 1_000, totalMs: 2_000 },
};

export interface WebhooksAtWork extends AsyncDisposable {
  readonly database: Database;
  readonly endpoints: WebhookEndpoints;
  /** Stores an event of each of these orders, in this order; answers with their positions. */
  readonly append: (orderIds: readonly string[], type?: string) => Promise<readonly bigint[]>;
  /** One process's worth of deliveries. */
  readonly start: (limits?: Partial<WorkerLimits>, allow?: WebhookAllowance) => AsyncDisposable;
  readonly create: (request: Partial<EndpointRequest> & Pick<EndpointRequest, 'url'>) => Promise<EndpointWithSecret>;
}

/** Where there is one partition. */
export const upTo = (position = 0n): Positions => new Map([[0, position]]);

export const valueOf = <T>(result: Result<T, Rejection>): T => {
  if (result.ok) return result.value;
  throw new Error(result.error.message);
};

export const codeOf = (result: Result<unknown, Rejection>): string => (result.ok ? 'taken' : result.error.code);

const APPEND = `
  insert into audit.event_store
    (event_id, type, stream, occurred_at, aggregate_type, aggregate_id, version, correlation_id, producer, producer_instance,
     schema_version, data)
  select 'event_' || gen_random_uuid(), $2, 'ecommerce.orders.events', now(), 'Order', order_id,
    row_number() over (partition by order_id order by nth) + (
      select count(*) from audit.event_store where aggregate_id = order_id
    ), order_id, 'ecommerce-api', 'ecommerce-api-1', 1, json_build_object('order_id', order_id)
  from unnest($1::text[]) with ordinality as given (order_id, nth) order by nth
  returning position`;

/** Stores an event of each of these orders, in this order, and tells nobody. */
export const store = async (
  by: Pick<pg.ClientBase, 'query'> | Pick<pg.Pool, 'query'>,
  orderIds: readonly string[],
  type = 'OrderConfirmed',
): Promise<readonly bigint[]> => {
  const { rows } = await by.query<{ position: string }>(APPEND, [orderIds, type]);
  return rows.map(({ position }) => BigInt(position));
};

/** Events that are told of by hand. */
const newEventsOf = (wakers: Set<Waker>): NewEvents => {
  const waker = new Waker();
  wakers.add(waker);
  const next = (signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      for (const each of [waker.listen(), ...(signal === undefined ? [] : [signal])])
        each.addEventListener('abort', () => resolve(), { once: true });
    });
  return { next, [Symbol.dispose]: () => void wakers.delete(waker) };
};

export const webhooksAtWork = async (): Promise<WebhooksAtWork> => {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await testDatabase());
  const database = opening.use(openDatabase({ url, name: 'webhooks test', maxConnections: 8 }));
  await migrate(database.db);
  const wakers = new Set<Waker>();
  const opened = opening.move();
  const rules = { allow: ALLOW_LOOPBACK, httpsOnly: false };
  const endpoints = openWebhookEndpoints({ commands: database, queries: database, rules });
  return {
    database,
    endpoints,
    append: async (orderIds, type) => {
      const positions = await store(database.pool, orderIds, type);
      for (const waker of wakers) waker.wake();
      return positions;
    },
    start: (limits = {}, allow = ALLOW_LOOPBACK) =>
      opened.use(
        startWebhooks({
          db: database.db,
          newEvents: newEventsOf(wakers),
          allow,
          httpsOnly: false,
          logger: openLogger('silent'),
          limits: { ...QUICK, ...limits },
        }),
      ),
    create: async (request) =>
      valueOf(await endpoints.create({ eventTypes: null, format: 'STRUCTURED', after: NO_POSITIONS, ...request })),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
