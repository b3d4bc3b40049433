import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../harness/support/servers.ts';
import { migrate } from '../migrate.ts';
import { openDatabase } from '../open.ts';
import type { Tables } from '../tables.ts';
import { MIGRATIONS } from './index.ts';

const API = 'ecommerce-api';
const SAGA = 'inventory-saga-consumer';
const SHOP = 'shop-service';

let opened: AsyncDisposableStack;
let db: Kysely<Tables>;

interface Said {
  readonly orderId: string;
  readonly type: string;
  readonly data: object;
  readonly producer: string;
}

let nth = 0;
const journal = async ({ orderId, type, data, producer }: Said): Promise<void> => {
  nth += 1;
  await sql`insert into write.journal (sequence, event_id, type, stream, occurred_at, aggregate_type, aggregate_id, version,
      correlation_id, producer, producer_instance, schema_version, data, heard)
    values (${nth}, ${`event_${nth}`}, ${type}, 's', now(), 'Order', ${orderId}, 1, ${orderId}, ${producer}, ${producer}, 1,
      ${JSON.stringify(data)}, ${producer !== API})`.execute(db);
};

const reserve = async (orderId: string, state: string): Promise<void> => {
  const lines = JSON.stringify([{ productId: 'prod_1', quantity: 2 }]);
  await sql`insert into saga.reservation (order_id, state, lines, paid, compensated, version)
    values (${orderId}, ${state}, ${lines}, false, false, 1)`.execute(db);
  const data = { expires_at: '2026-01-02T04:00:00.000Z' };
  await journal({ orderId, type: 'StockReserved', data, producer: SAGA });
};

const requested = { amount: '1.00', currency: 'EUR', payment_method: 'pm_card_visa', attempt: 1 };

/** Orders as the rules before left them: 2 units each, of 20; 4 of them counted as reserved, 6 as sold. */
const fill = async (): Promise<void> => {
  await sql`insert into saga.stock values ('prod_1', 10, 4, 6)`.execute(db);
  await reserve('order_confirmed', 'Confirmed');
  await journal({ orderId: 'order_confirmed', type: 'OrderConfirmed', data: {}, producer: API });
  await reserve('order_forged', 'Confirmed');
  await journal({ orderId: 'order_forged', type: 'OrderConfirmed', data: {}, producer: SHOP });
  await reserve('order_contested', 'Contested');
  await reserve('order_held', 'Held');
  await reserve('order_rejected', 'Held');
  await journal({ orderId: 'order_rejected', type: 'OrderRejected', data: {}, producer: API });
  await sql`insert into saga.reservation values ('order_early', 'None', '[]', true, false, 0)`.execute(db);
  await journal({ orderId: 'order_dropped', type: 'PaymentRequested', data: requested, producer: API });
  await journal({ orderId: 'order_dropped', type: 'OrderCancelled', data: { reason: 'x' }, producer: API });
};

beforeAll(async () => {
  await using opening = new AsyncDisposableStack();
  const empty = opening.use(await testDatabase({ template: 'template1' }));
  ({ db } = opening.use(openDatabase({ url: empty.url, name: 'one reading', maxConnections: 1 })));
  const earlier = Object.entries(MIGRATIONS).filter(([name]) => name < '0006');
  await migrate(db, Object.fromEntries(earlier));
  await fill();
  await migrate(db);
  opened = opening.move();
});
afterAll(() => opened.disposeAsync());

describe('a database from before there was one reading', () => {
  it('has sold what the owner has confirmed, and nothing else; its units stand where they belong', async () => {
    const rows = await db.selectFrom('saga.reservation').selectAll().orderBy('order_id').execute();
    expect(rows.map(({ order_id, state }) => [order_id, state])).toEqual([
      ['order_confirmed', 'Sold'],
      ['order_contested', 'Held'],
      ['order_early', 'None'],
      ['order_forged', 'Held'],
      ['order_held', 'Held'],
      ['order_rejected', 'Held'],
    ]);
    const occurredAt = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown;
    expect(rows[0]?.verdict).toEqual({ type: 'OrderConfirmed', eventId: 'event_2', occurredAt });
    expect(rows.slice(1).map(({ verdict }) => verdict)).toEqual([null, null, null, null, null]);
    const stock = await db.selectFrom('saga.stock').selectAll().execute();
    expect(stock).toEqual([{ product_id: 'prod_1', available: 10, reserved: 8, sold: 2 }]);
  });

  it('says an end again whose stock is still held', async () => {
    const query = db
      .selectFrom('write.outbox')
      .innerJoin('write.journal', 'write.journal.position', 'write.outbox.position');
    expect(await query.select(['aggregate_id', 'type']).execute()).toEqual([
      { aggregate_id: 'order_rejected', type: 'OrderRejected' },
    ]);
  });

  it('has a deadline for each order that its owner has not ended, and an answer to come for each charge', async () => {
    const tasks = await db.selectFrom('write.task').selectAll().orderBy('order_id').execute();
    expect(tasks.map(({ order_id, kind }) => [order_id, kind])).toEqual([
      ['order_contested', 'expire'],
      ['order_dropped', 'charge'],
      ['order_forged', 'expire'],
      ['order_held', 'expire'],
    ]);
    const { payment_method: paymentMethod, ...rest } = requested;
    expect(tasks[1]?.payload).toEqual({ ...rest, paymentMethod });
  });
});
