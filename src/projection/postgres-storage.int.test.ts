import type { PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../harness/support/servers.ts';
import { migrate, openDatabase } from '../database/index.ts';
import { waitingStatement } from './postgres-storage.ts';

const CARTS = 20;
const EVENTS = 300;
/** The newest events of a cart, which its row does not know. */
const EARLY = 2;

const FILL = `
  insert into audit.event_store
    (event_id, type, stream, occurred_at, aggregate_type, aggregate_id, version, correlation_id, producer, producer_instance,
     schema_version, data)
  select 'event_' || cart || '_' || version, 'CartItemRemoved', 'ecommerce.carts.events', now(), 'Cart', 'cart_' || cart, version,
    'correlation', 'ecommerce-api', 'ecommerce-api-1', 1, '{"cart_item_id":"1"}'
  from generate_series(1, ${EVENTS}) as version, generate_series(1, ${CARTS}) as cart;
  insert into read.cart (id, currency, items, version, updated_at)
  select 'cart_' || cart, 'EUR', '[]', ${EVENTS - EARLY}, now() from generate_series(1, ${CARTS}) as cart;
  prepare waiting (text[], bigint) as ${waitingStatement('read', { name: 'cart' }, 'Cart')}`;

const opened = new AsyncDisposableStack();
let client: PoolClient;
beforeAll(async () => {
  const { url } = opened.use(await testDatabase());
  const database = opened.use(openDatabase({ url, name: 'carts test', maxConnections: 2 }));
  await migrate(database.db);
  client = opened.adopt(await database.pool.connect(), (session) => session.release(true));
  await client.query('alter table audit.event_store set (autovacuum_enabled = false)');
  await client.query(FILL);
});
afterAll(() => opened.disposeAsync());

describe('the events that wait', () => {
  it.each(['force_custom_plan', 'force_generic_plan'])(
    'are looked up by their version, however much history a cart has, with statistics and without (%s)',
    async (mode) => {
      await client.query(`set plan_cache_mode = ${mode}`);
      const carts = Array.from({ length: CARTS }, (_, index) => `'cart_${index + 1}'`).join(', ');
      for (const before of ['select', 'analyze audit.event_store', 'analyze read.cart']) {
        await client.query(before);
        const { rows } = await client.query<{ readonly 'QUERY PLAN': string }>(
          `explain (analyze, costs off, timing off) execute waiting (array[${carts}], 1000000)`,
        );
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        expect(plan).toContain('event_store_by_cart_version');
        expect(plan).toMatch(new RegExp(`actual rows=${CARTS * EARLY}\\b`));
        expect(plan).not.toContain('Removed');
      }
    },
  );
});
