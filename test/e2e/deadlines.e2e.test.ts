import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { accepted, CancelOrderDocument, type Client, PayOrderDocument } from '../../src/cli/client.ts';
import { expectAgreement } from './expect-steps.ts';
import { expectSound } from './invariants.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, orderOf, placeOrder, reaches, shelve, stands, typesOf } from './shop.ts';
import { watchEverywhere } from './watch-order.ts';

/** Longer than an order takes to be paid, on a machine that is busy. */
const RESERVATION_MS = 2_500;

const pay = async (client: Client, orderId: string) =>
  accepted((await client.request(PayOrderDocument, { input: { orderId, paymentMethod: 'pm_card_visa' } })).payOrder);

describe('a reservation that nobody pays', () => {
  let panier: TestPanier;
  let client: Client;

  beforeAll(async () => {
    panier = await startPanier({ reservationMs: RESERVATION_MS });
    client = panier.client();
  });
  afterAll(() => panier[Symbol.asyncDispose]());

  it('expires: its stock is given back', async () => {
    const productId = await shelve(client, 3);
    const orderId = await placeOrder(client, [{ productId, quantity: 3 }]);
    const watched = await watchEverywhere({ url: panier.url, client }, orderId);
    expectAgreement(watched);
    const { order } = watched.polled;
    expect(order).toMatchObject({ status: 'CANCELLED', failure: { reason: 'PAYMENT_EXPIRED', productIds: [] } });
    expect(typesOf(order)).toEqual(['OrderCreated', 'PaymentFailed', 'StockCompensated', 'StockReserved']);
    await stands(client, productId, { available: 3, reserved: 0, sold: 0 });
    await expectSound(panier.db);
  });

  it('does not expire once it is paid', async () => {
    const productId = await shelve(client, 3);
    const orderId = await placeOrder(client, [{ productId, quantity: 3 }], { paymentMethod: 'pm_card_visa' });
    const order = await reaches(client, orderId, 'CONFIRMED');
    const expiresAt = Date.parse(order.createdAt) + RESERVATION_MS + 500;
    await eventually(() => expect(Date.now()).toBeGreaterThan(expiresAt));
    expect(await ends(client, orderId)).toEqual(order);
    await expectSound(panier.db);
  });
});

describe('an order whose payment is asked for while nothing charges', () => {
  let panier: TestPanier;
  let client: Client;

  beforeAll(async () => {
    panier = await startPanier({ roles: ['gateway', 'relay', 'saga', 'audit'] });
    client = panier.client();
  });
  afterAll(() => panier[Symbol.asyncDispose]());

  it('is not charged when it was cancelled first; another one is', async () => {
    const productId = await shelve(client, 5);
    const [cancelled, kept] = await Promise.all([1, 2].map(() => placeOrder(client, [{ productId, quantity: 1 }])));
    if (cancelled === undefined || kept === undefined) throw new Error('Two orders were placed');
    for (const orderId of [cancelled, kept]) {
      await reaches(client, orderId, 'AWAITING_PAYMENT');
      await pay(client, orderId);
    }
    accepted((await client.request(CancelOrderDocument, { input: { orderId: cancelled } })).cancelOrder);
    await reaches(client, cancelled, 'CANCELLED');
    const order = await eventually(async () => {
      const found = await orderOf(client, cancelled);
      expect(found.revision).toBe(6);
      return found;
    });
    expect(typesOf(order)).toEqual([
      'OrderCancelled',
      'OrderCreated',
      'PaymentFailed',
      'PaymentRequested',
      'StockCompensated',
      'StockReserved',
    ]);
    await panier.another({ roles: ['payment'] });
    await reaches(client, kept, 'CONFIRMED');
    const charges = await panier.db.selectFrom('write.simulated_charge').select('order_id').execute();
    expect(charges).toEqual([{ order_id: kept }]);
    await stands(client, productId, { available: 4, reserved: 0, sold: 1 });
    await expectSound(panier.db);
  });
});
