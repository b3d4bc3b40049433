import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accepted,
  CartDocument,
  CheckoutDocument,
  type Client,
  ReorderDocument,
  UpsertProductDocument,
} from '../../src/cli/client.ts';
import { newId } from '../../src/events/index.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, orderOf, placeOrder, shelve } from './shop.ts';

let panier: TestPanier;
let operator: Client;
let ann: Client;
beforeAll(async () => {
  panier = await startPanier();
  operator = panier.client();
  ann = panier.client({ customerId: 'ann' });
});
afterAll(() => panier[Symbol.asyncDispose]());

const price = async (id: string, amount: string, currency = 'EUR'): Promise<void> => {
  const input = { id, name: `Product ${id}`, price: { amount, currency } };
  accepted((await operator.request(UpsertProductDocument, { input })).upsertProduct);
};

const reorder = async (client: Client, orderId: string, idempotencyKey?: string) =>
  (await client.request(ReorderDocument, { input: { orderId, idempotencyKey } })).reorder;

const again = async (orderId: string, key?: string) => accepted(await reorder(ann, orderId, key));

const decline = async (lines: Parameters<typeof placeOrder>[1]): Promise<string> => {
  const orderId = await placeOrder(ann, lines, { paymentMethod: 'pm_card_chargeDeclined' });
  await ends(operator, orderId);
  return orderId;
};

describe('an order that was declined, ordered again', () => {
  it('is a new cart with the same lines, which can be checked out', async () => {
    const [one, other] = [await shelve(operator, 10), await shelve(operator, 10, '3.00')];
    const orderId = await decline([
      { productId: one, quantity: 2 },
      { productId: other, quantity: 3 },
    ]);
    const { cart, changes } = await again(orderId);
    expect(changes).toEqual([]);
    expect(cart).toMatchObject({
      status: 'OPEN',
      customerId: 'ann',
      totalAmount: { amount: '34.00' },
      items: [
        { productId: one, quantity: 2 },
        { productId: other, quantity: 3 },
      ],
    });
    expect((await ann.request(CartDocument, { id: cart.id })).cart).toEqual({ ...cart, order: null });
    const input = { cartId: cart.id, paymentMethod: 'pm_card_visa' };
    const order = accepted((await ann.request(CheckoutDocument, { input })).checkout);
    expect(await ends(operator, order.id)).toMatchObject({ status: 'CONFIRMED' });
    expect(await orderOf(operator, orderId)).toMatchObject({ status: 'CANCELLED' });
  });

  it('says what costs more, what is short and what is gone', async () => {
    const [dearer, short, gone] = [await shelve(operator, 10), await shelve(operator, 5), await shelve(operator, 10)];
    const orderId = await decline([
      { productId: dearer, quantity: 1 },
      { productId: short, quantity: 4 },
      { productId: gone, quantity: 2 },
    ]);
    await ends(
      operator,
      await placeOrder(operator, [{ productId: short, quantity: 3 }], { paymentMethod: 'pm_card_visa' }),
    );
    await price(dearer, '20.00');
    await price(gone, '9.00', 'USD');
    const { cart, changes } = await again(orderId);
    const before = { amount: '12.50' };
    expect(changes).toEqual([
      { kind: 'PRICE_CHANGED', productId: dearer, quantity: 1, before, now: { amount: '20.00' }, available: null },
      { kind: 'SHORT', productId: short, quantity: 4, before, now: null, available: 2 },
      { kind: 'GONE', productId: gone, quantity: 2, before, now: null, available: null },
    ]);
    expect(cart.items.map(({ productId, quantity, unitPrice }) => [productId, quantity, unitPrice.amount])).toEqual([
      [dearer, 1, '20.00'],
      [short, 4, '12.50'],
    ]);
  });

  it('is one cart and one answer for one key, and a new one without', async () => {
    const orderId = await decline([{ productId: await shelve(operator, 10), quantity: 1 }]);
    const answers = await Promise.all(Array.from({ length: 5 }, () => again(orderId, 'again')));
    expect(new Set(answers.map(({ cart }) => cart.id)).size).toBe(1);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect((await again(orderId)).cart.id).not.toBe(answers[0]?.cart.id);
  });

  it('is nothing to others, and an operator does it for whose it is', async () => {
    const orderId = await decline([{ productId: await shelve(operator, 10), quantity: 1 }]);
    const eve = panier.client({ customerId: 'eve' });
    for (const id of [orderId, newId('Order')])
      expect(await reorder(eve, id)).toMatchObject({ code: 'NOT_FOUND', message: `There is no order ${id}.` });
    expect(accepted(await reorder(operator, orderId)).cart.customerId).toBe('ann');
    expect(await reorder(ann, `${orderId}@1`)).toMatchObject({ code: 'INVALID_INPUT' });
  });
});
