import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ForeignInventory, startForeignInventory } from '../../harness/inventory/index.ts';
import { eventually } from '../../harness/support/eventually.ts';
import {
  AdjustStockDocument,
  accepted,
  CancelOrderDocument,
  type Client,
  PayOrderDocument,
} from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { openRecordedSpans, traceOfOrder } from './recorded-spans.ts';
import { ends, fillCart, orderOf, placeOrder, productOf, reaches, shelve, typesOf } from './shop.ts';

const RESERVATION_MS = 4_000;
const UNITS = 10;

let inventory: ForeignInventory;
let panier: TestPanier;
let client: Client;
let productIds: readonly string[];

beforeAll(async () => {
  inventory = await startForeignInventory();
  const { url, token } = inventory;
  const settings = { timeoutMs: 300, concurrency: 8, backoffMs: 20, newOrders: 'remote' } as const;
  panier = await startPanier({ inventory: { url, token, ...settings }, reservationMs: RESERVATION_MS });
  client = panier.client();
}, 60_000);
afterAll(async () => {
  await panier[Symbol.asyncDispose]();
  await inventory[Symbol.asyncDispose]();
});

/** New ones, with so many units in the shop's own inventory. */
const stockedProducts = async (many: number): Promise<readonly string[]> => {
  const ids = await Promise.all(Array.from({ length: many }, () => shelve(client, 0)));
  await inventory.stock(Object.fromEntries(ids.map((id) => [id, UNITS])));
  return ids.toSorted();
};

beforeEach(async () => {
  await inventory.calm();
  productIds = await stockedProducts(3);
});

const linesOf = (quantity: number) => productIds.map((productId) => ({ productId, quantity }));

const unitsLeft = async (): Promise<readonly (number | undefined)[]> => {
  const levels = await inventory.levels();
  return productIds.map((id) => levels[id]);
};

/** What took effect there for the order, in order. */
const changesOf = async (orderId: string): Promise<readonly string[]> =>
  (await inventory.history()).flatMap((entry) =>
    entry.type === 'Answered' && entry.ending.type === 'Changed' && entry.change.key?.startsWith(orderId) === true
      ? [`${entry.change.direction} ${entry.change.productId}`]
      : [],
  );

const has = (units: number): Promise<void> =>
  eventually(async () => expect(await unitsLeft()).toEqual([units, units, units]));

describe('an order whose stock is at an inventory of the shop', () => {
  it('is reserved there, and given back line by line when its payment is declined', async () => {
    const id = await placeOrder(client, linesOf(2), { paymentMethod: 'pm_card_chargeDeclined' });
    const order = await ends(client, id);
    expect(order).toMatchObject({ status: 'CANCELLED', failure: { reason: 'PAYMENT_DECLINED' } });
    expect(typesOf(order)).toEqual([
      'OrderCreated',
      'PaymentFailed',
      'PaymentRequested',
      'StockCompensated',
      'StockReserved',
    ]);
    expect(await changesOf(id)).toEqual(
      ['reduce', 'increase'].flatMap((direction) => productIds.map((productId) => `${direction} ${productId}`)),
    );
    await has(UNITS);
  });

  it('is traced with each call, below what each is made for', async () => {
    await using spans = await openRecordedSpans();
    const id = await placeOrder(client, linesOf(2), { paymentMethod: 'pm_card_chargeDeclined' });
    await ends(client, id);
    const calls = ['increase', 'increase', 'increase', 'reduce', 'reduce', 'reduce'].map((way) => `inventory ${way}`);
    const found = () => traceOfOrder(spans.ended(), id);
    const called = () => found().filter(({ name }) => name.startsWith('inventory'));
    await expect
      .poll(() =>
        called()
          .map(({ name }) => name)
          .toSorted(),
      )
      .toEqual(calls);
    expect(new Set(called().map(({ kind }) => kind))).toEqual(new Set(['CLIENT']));
    const causes = called().map((call) => found().find((span) => span.spanId === call.parentId));
    expect(new Set(causes.map((cause) => cause?.attributes['panier.event.type']))).toEqual(new Set(['OrderCreated']));
  });

  it('holds its units there once it is paid', async () => {
    const id = await placeOrder(client, linesOf(2), { paymentMethod: 'pm_card_visa' });
    expect((await ends(client, id)).status).toBe('CONFIRMED');
    expect(await changesOf(id)).toEqual(productIds.map((productId) => `reduce ${productId}`));
    await has(UNITS - 2);
  });

  it('is rejected when one line is short there, and holds nothing of the others', async () => {
    const [, second = ''] = productIds;
    await inventory.stock({ [second]: 1 });
    const order = await ends(client, await placeOrder(client, linesOf(2), { paymentMethod: 'pm_card_visa' }));
    expect(order).toMatchObject({
      status: 'REJECTED',
      failure: { reason: 'OUT_OF_STOCK', productIds: [second], message: `${second}: 2 wanted, 1 available` },
    });
    await eventually(async () => expect(await unitsLeft()).toEqual([UNITS, 1, UNITS]));
  });

  it('comes to the same end through every trouble on the way', async () => {
    const chances = {
      'lost-request': 0.1,
      'lost-answer': 0.1,
      'late-request': 0.05,
      doubled: 0.1,
      refused: 0.1,
      failed: 0.1,
      garbled: 0.1,
    };
    await inventory.trouble({ seed: 7, chances, maxDelayMs: 400 });
    const methods = ['pm_card_visa', 'pm_card_chargeDeclined', 'pm_card_visa'];
    const orders = await Promise.all(methods.map((paymentMethod) => placeOrder(client, linesOf(1), { paymentMethod })));
    const statuses = await Promise.all(orders.map(async (id) => (await ends(client, id, 30_000)).status));
    expect(statuses[1]).not.toBe('CONFIRMED');
    await inventory.calm();
    await has(UNITS - statuses.filter((status) => status === 'CONFIRMED').length);
  });
});

describe('an inventory of the shop that is away', () => {
  it('stops nothing else: orders wait, are rejected at their time, and their carts were filled', async () => {
    const reserved = await placeOrder(client, linesOf(1));
    await reaches(client, reserved, 'AWAITING_PAYMENT');
    await inventory.kill();
    const orders = await Promise.all(Array.from({ length: 8 }, () => placeOrder(client, linesOf(1))));
    for (const id of orders) expect((await orderOf(client, id)).status).toBe('PENDING');
    await fillCart(client, linesOf(1));
    accepted(
      (await client.request(PayOrderDocument, { input: { orderId: reserved, paymentMethod: 'pm_card_visa' } }))
        .payOrder,
    );
    expect((await ends(client, reserved)).status).toBe('CONFIRMED');
    for (const id of orders) {
      const order = await ends(client, id, RESERVATION_MS + 10_000);
      expect(order).toMatchObject({
        status: 'REJECTED',
        failure: { message: 'The inventory did not answer in time.' },
      });
    }
    await inventory.start();
    await has(UNITS - 1);
  });

  it('gets back what was reserved as soon as it is there again', async () => {
    const id = await placeOrder(client, linesOf(3));
    await reaches(client, id, 'AWAITING_PAYMENT');
    await inventory.kill();
    accepted((await client.request(CancelOrderDocument, { input: { orderId: id } })).cancelOrder);
    await reaches(client, id, 'COMPENSATING');
    await inventory.start();
    expect((await ends(client, id)).status).toBe('CANCELLED');
    await has(UNITS);
  });
});

describe('a product whose stock is at an inventory of the shop', () => {
  it('shows what is available there, and what orders hold', async () => {
    const [id = ''] = productIds;
    await placeOrder(client, linesOf(4));
    await eventually(async () => expect(await productOf(client, id)).toMatchObject({ available: 6, reserved: 4 }));
  });

  it('is adjusted there, and not here', async () => {
    const [productId = ''] = productIds;
    const { adjustStock } = await client.request(AdjustStockDocument, { input: { productId, delta: 1 } });
    expect(adjustStock).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'The stock is kept in another inventory (PANIER_INVENTORY_URL): adjust it there.',
    });
  });
});
