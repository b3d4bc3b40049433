import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { accepted, CancelOrderDocument, type Client, EventsDocument } from '../../src/cli/client.ts';
import { newId } from '../../src/events/index.ts';
import { expectSound } from './invariants.ts';
import { add, garbage, orderCreated, paymentFailed, paymentSucceeded, say } from './other-service.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { orderOf, placeOrder, productOf, reaches, shelve, stands } from './shop.ts';

let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
});
afterAll(() => panier[Symbol.asyncDispose]());

const eventsOf = async (correlationId: string) => {
  const { events } = await client.request(EventsDocument, { first: 100, filter: { correlationId } });
  return events.edges.map(({ node }) => node);
};

const eventTypesOf = async (orderId: string) => (await eventsOf(orderId)).map(({ type }) => type);

const waitingOrder = async (stock: number) => {
  const productId = await shelve(client, stock);
  const orderId = await placeOrder(client, [{ productId, quantity: 1 }]);
  await reaches(client, orderId, 'AWAITING_PAYMENT');
  return { productId, orderId };
};

/** Both services have taken in everything that lies on the streams so far. */
const caughtUp = async () => {
  const productId = await shelve(client, 1);
  await reaches(
    client,
    await placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' }),
    'CONFIRMED',
  );
};

describe('PaymentFailed of another service', () => {
  it('ends an order that awaits its payment, once, however often it is said: by the word of its owner', async () => {
    const { productId, orderId } = await waitingOrder(3);
    await say(panier.redis, paymentFailed(orderId), 5);
    const order = await reaches(client, orderId, 'CANCELLED');
    expect(order.failure).toMatchObject({ reason: 'PAYMENT_DECLINED', message: 'The shop refused the payment.' });
    await caughtUp();
    expect((await eventTypesOf(orderId)).toSorted()).toEqual([
      'OrderCancelled',
      'OrderCreated',
      'PaymentFailed',
      'StockCompensated',
      'StockReserved',
    ]);
    await stands(client, productId, { available: 3, reserved: 0, sold: 0 });
    await expectSound(panier.db);
  });
});

describe('PaymentSucceeded of another service', () => {
  it('confirms an order that awaits its payment, once', async () => {
    const { productId, orderId } = await waitingOrder(3);
    await say(panier.redis, paymentSucceeded(orderId), 5);
    const order = await reaches(client, orderId, 'CONFIRMED');
    expect(order.reservationExpiresAt).toBeNull();
    await caughtUp();
    expect((await eventTypesOf(orderId)).toSorted()).toEqual([
      'OrderConfirmed',
      'OrderCreated',
      'PaymentSucceeded',
      'StockReserved',
    ]);
    await stands(client, productId, { available: 2, reserved: 0, sold: 1 });
    await expectSound(panier.db);
  });

  it('does not confirm an order that it pays only in part', async () => {
    const { productId, orderId } = await waitingOrder(3);
    await say(panier.redis, paymentSucceeded(orderId, '12.49'));
    await eventually(async () => expect(await eventTypesOf(orderId)).toContain('PaymentSucceeded'));
    await caughtUp();
    expect(await orderOf(client, orderId)).toMatchObject({ status: 'AWAITING_PAYMENT' });
    await say(panier.redis, paymentSucceeded(orderId, '0.01'));
    await reaches(client, orderId, 'CONFIRMED');
    await stands(client, productId, { available: 2, reserved: 0, sold: 1 });
    await expectSound(panier.db);
  });

  it('that comes after the cancellation is refunded', async () => {
    const { productId, orderId } = await waitingOrder(3);
    accepted((await client.request(CancelOrderDocument, { input: { orderId } })).cancelOrder);
    await reaches(client, orderId, 'CANCELLED');
    await say(panier.redis, paymentSucceeded(orderId), 2);
    const refund = await eventually(async () => {
      const found = (await eventsOf(orderId)).filter(({ type }) => type === 'PaymentRefunded');
      expect(found).toHaveLength(1);
      return found[0];
    });
    expect(refund?.data).toMatchObject({ order_id: orderId, amount: '12.50', currency: 'EUR' });
    await stands(client, productId, { available: 3, reserved: 0, sold: 0 });
    await expectSound(panier.db);
  });
});

describe('OrderCreated of another service', () => {
  it('makes no order: it is kept, holds nothing, and is shown to operators', async () => {
    const productId = await shelve(client, 5);
    const orderId = newId('Order');
    await say(panier.redis, orderCreated(orderId, productId, 2), 3);
    await say(panier.redis, paymentFailed(orderId));
    await caughtUp();
    await eventually(async () => expect(await eventTypesOf(orderId)).toEqual(['OrderCreated', 'PaymentFailed']));
    await stands(client, productId, { available: 5, reserved: 0, sold: 0 });
    await expectSound(panier.db);
  });
});

describe('StockAdjusted of another service', () => {
  it('changes the stock once, however often it is said', async () => {
    const productId = await shelve(client, 5);
    await say(panier.redis, { type: 'StockAdjusted', data: { productId, delta: 7, reason: 'delivery' } }, 5);
    await stands(client, productId, { available: 12, reserved: 0, sold: 0 });
    await caughtUp();
    expect(await productOf(client, productId)).toMatchObject({ available: 12, reserved: 0, sold: 0 });
    await expectSound(panier.db);
  });
});

describe('what nobody can read', () => {
  it('lies with the dead letters of every group that met it, and holds nobody up', async () => {
    const entries = garbage(newId('Order'));
    for (const { stream, fields } of entries) await add(panier.redis, stream, fields);
    await caughtUp();
    const letters = await eventually(async () => {
      const found = await panier.db.selectFrom('bus.dead_letter').selectAll().execute();
      expect(found.filter((letter) => letter.consumer_group === 'event-audit-api')).toHaveLength(entries.length);
      return found;
    });
    const errors = new Set(letters.map(({ error }) => error.split(':')[0]));
    expect(errors).toEqual(new Set(['data', 'event_type', 'event_id', 'stream', 'reason']));
    await expectSound(panier.db);
  });
});
