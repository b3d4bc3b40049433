import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accepted,
  CancelOrderDocument,
  type Client,
  PayOrderDocument,
  WatchOrderDocument,
} from '../../src/cli/client.ts';
import { expectAgreement, expectSnapshotAndSteps } from './expect-steps.ts';
import { expectSound } from './invariants.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, orderOf, placeOrder, reaches, shelve, stands, typesOf } from './shop.ts';
import { SUBSCRIPTIONS, watchEverywhere } from './watch-order.ts';

let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
});
afterAll(() => panier[Symbol.asyncDispose]());

const watch = (orderId: string) => watchEverywhere({ url: panier.url, client }, orderId);

const pay = async (orderId: string, paymentMethod = 'pm_card_visa') =>
  (await client.request(PayOrderDocument, { input: { orderId, paymentMethod } })).payOrder;

const cancel = async (orderId: string) =>
  (await client.request(CancelOrderDocument, { input: { orderId, reason: 'changed my mind' } })).cancelOrder;

const codeOf = (result: object): unknown => ('code' in result ? result.code : null);

describe('the saga of an order', () => {
  it('ends CONFIRMED when it is paid, its stock sold', async () => {
    const productId = await shelve(client, 5);
    const watched = await watch(
      await placeOrder(client, [{ productId, quantity: 2 }], { paymentMethod: 'pm_card_visa' }),
    );
    expectAgreement(watched);
    const { order } = watched.polled;
    expect(order).toMatchObject({ status: 'CONFIRMED', failure: null, reservationExpiresAt: null });
    expect(order.totalAmount).toEqual({ amount: '25.00', currency: 'EUR' });
    expect(typesOf(order)).toEqual([
      'OrderConfirmed',
      'OrderCreated',
      'PaymentRequested',
      'PaymentSucceeded',
      'StockReserved',
    ]);
    await stands(client, productId, { available: 3, reserved: 0, sold: 2 });
    await expectSound(panier.db);
  });

  it('ends REJECTED when one product is short, and holds nothing of the others', async () => {
    const [plenty, scarce] = [await shelve(client, 10), await shelve(client, 1)];
    const lines = [
      { productId: plenty, quantity: 3 },
      { productId: scarce, quantity: 2 },
    ];
    const watched = await watch(await placeOrder(client, lines, { paymentMethod: 'pm_card_visa' }));
    expectAgreement(watched);
    const { order } = watched.polled;
    expect(order).toMatchObject({ status: 'REJECTED', failure: { reason: 'OUT_OF_STOCK', productIds: [scarce] } });
    expect(typesOf(order)).toEqual(['OrderCreated', 'OrderRejected', 'StockReservationFailed']);
    await stands(client, plenty, { available: 10, reserved: 0, sold: 0 });
    await stands(client, scarce, { available: 1, reserved: 0, sold: 0 });
    await expectSound(panier.db);
  });

  it.each(['pm_card_chargeDeclined', 'pm_card_chargeDeclinedInsufficientFunds'])(
    'ends CANCELLED when %s is refused, its stock given back',
    async (paymentMethod) => {
      const productId = await shelve(client, 5);
      const watched = await watch(await placeOrder(client, [{ productId, quantity: 5 }], { paymentMethod }));
      expectAgreement(watched);
      const { order } = watched.polled;
      expect(order).toMatchObject({ status: 'CANCELLED', failure: { reason: 'PAYMENT_DECLINED', productIds: [] } });
      expect(typesOf(order)).toEqual([
        'OrderCreated',
        'PaymentFailed',
        'PaymentRequested',
        'StockCompensated',
        'StockReserved',
      ]);
      await stands(client, productId, { available: 5, reserved: 0, sold: 0 });
      await expectSound(panier.db);
    },
  );

  it('charges once when the provider is unreachable twice', async () => {
    const productId = await shelve(client, 1);
    const orderId = await placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_flaky' });
    const watched = await watch(orderId);
    expectAgreement(watched);
    expect(watched.polled.order.status).toBe('CONFIRMED');
    const charges = await panier.db
      .selectFrom('write.simulated_charge')
      .selectAll()
      .where('order_id', '=', orderId)
      .execute();
    expect(charges).toMatchObject([{ calls: 3, outcome: 'succeeded', amount: '12.50', refunded: false }]);
    await expectSound(panier.db);
  });

  it('waits for payOrder with its stock held, then goes on', async () => {
    const productId = await shelve(client, 4);
    const orderId = await placeOrder(client, [{ productId, quantity: 1 }]);
    const waiting = await reaches(client, orderId, 'AWAITING_PAYMENT');
    expect(Date.parse(waiting.reservationExpiresAt ?? '')).toBeGreaterThan(Date.now());
    await stands(client, productId, { available: 3, reserved: 1, sold: 0 });
    await expectSound(panier.db);
    const watching = watch(orderId);
    accepted(await pay(orderId));
    const watched = await watching;
    expectAgreement(watched);
    expect(watched.polled.order.status).toBe('CONFIRMED');
    await stands(client, productId, { available: 3, reserved: 0, sold: 1 });
  });

  it('is charged by one of many payOrder at once; then it is closed', async () => {
    const productId = await shelve(client, 4);
    const orderId = await placeOrder(client, [{ productId, quantity: 1 }]);
    await reaches(client, orderId, 'AWAITING_PAYMENT');
    const answers = await Promise.all(Array.from({ length: 8 }, () => pay(orderId, 'pm_flaky')));
    expect(answers.map(codeOf).filter((code) => code === 'PAYMENT_IN_PROGRESS')).toHaveLength(7);
    expect(answers.map(codeOf).filter((code) => code === null)).toHaveLength(1);
    await reaches(client, orderId, 'CONFIRMED');
    expect(codeOf(await pay(orderId))).toBe('ORDER_CLOSED');
    expect(codeOf(await cancel(orderId))).toBe('ORDER_CLOSED');
    await expectSound(panier.db);
  });

  it('ends CANCELLED when it is cancelled before a payment is asked for', async () => {
    const productId = await shelve(client, 4);
    const orderId = await placeOrder(client, [{ productId, quantity: 3 }]);
    await stands(client, productId, { available: 1, reserved: 3, sold: 0 });
    const watching = watch(orderId);
    accepted(await cancel(orderId));
    const watched = await watching;
    expectAgreement(watched);
    const { order } = watched.polled;
    expect(order).toMatchObject({
      status: 'CANCELLED',
      failure: { reason: 'CANCELLED_BY_CUSTOMER', message: 'changed my mind', productIds: [] },
    });
    expect(typesOf(order)).toEqual(['OrderCancelled', 'OrderCreated', 'StockCompensated', 'StockReserved']);
    await stands(client, productId, { available: 4, reserved: 0, sold: 0 });
    expect(codeOf(await pay(orderId))).toBe('ORDER_CLOSED');
    await expectSound(panier.db);
  });

  it('ends CANCELLED when it is cancelled in the moment of its checkout', async () => {
    const productId = await shelve(client, 10);
    const orderIds = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const orderId = await placeOrder(client, [{ productId, quantity: 1 }]);
        accepted(await cancel(orderId));
        return orderId;
      }),
    );
    const orders = await Promise.all(orderIds.map((orderId) => ends(client, orderId)));
    expect(orders.map(({ status }) => status)).toEqual(orderIds.map(() => 'CANCELLED'));
    await stands(client, productId, { available: 10, reserved: 0, sold: 0 });
    await expectSound(panier.db);
  });

  it('answers payOrder and cancelOrder of an unknown order with NOT_FOUND', async () => {
    expect(codeOf(await pay('order_unknown'))).toBe('NOT_FOUND');
    expect(codeOf(await cancel('order_unknown'))).toBe('NOT_FOUND');
  });
});

describe.each(Object.entries(SUBSCRIPTIONS))('watching over %s', (_name, subscribe) => {
  it('goes on behind any update with exactly the later ones', async () => {
    const productId = await shelve(client, 2);
    const orderId = await placeOrder(client, [{ productId, quantity: 1 }]);
    const watched = { url: panier.url, client };
    await reaches(client, orderId, 'AWAITING_PAYMENT');
    const [snapshot] = await subscribe(watched, { orderId, atMost: 1 });
    accepted(await pay(orderId));
    const missed = await subscribe(watched, { orderId, after: snapshot?.cursor ?? '' });
    const { steps } = await orderOf(client, orderId);
    expect(missed.map(({ step }) => step)).toEqual(steps.slice(snapshot?.order.revision));
    for (const [index, { cursor }] of missed.entries()) {
      const later = await subscribe(watched, { orderId, after: cursor });
      expect(later).toEqual(missed.slice(index + 1));
    }
  });

  it('shows an order that has ended as it is, and completes', async () => {
    const productId = await shelve(client, 1);
    const orderId = await placeOrder(client, [{ productId, quantity: 2 }]);
    const order = await ends(client, orderId);
    const updates = await subscribe({ url: panier.url, client }, { orderId });
    expect(updates).toHaveLength(1);
    expectSnapshotAndSteps(updates, order);
  });

  it('of an unknown order fails with NOT_FOUND', async () => {
    const watching = subscribe({ url: panier.url, client }, { orderId: 'order_unknown' });
    await expect(watching).rejects.toMatchObject({ codes: ['NOT_FOUND'] });
  });
});

describe('an order that is watched', () => {
  it('is known to a subscription from the moment of its checkout', async () => {
    const productId = await shelve(client, 20);
    const firsts = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const orderId = await placeOrder(client, [{ productId, quantity: 1 }]);
        const { value } = await client.watch(WatchOrderDocument, { id: orderId }).next();
        return value?.orderStatus.order.id === orderId;
      }),
    );
    expect(firsts).not.toContain(false);
  });
});
