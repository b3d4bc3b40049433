import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AddCartItemsDocument,
  type AddCartItemsInput,
  accepted,
  CartDocument,
  CheckoutDocument,
  ClearCartDocument,
  type Client,
} from '../../src/cli/client.ts';
import { newId } from '../../src/events/index.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, fillCart, shelve } from './shop.ts';

let panier: TestPanier;
let client: Client;
let products: readonly string[];
beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
  products = await Promise.all(Array.from({ length: 3 }, () => shelve(client, 10)));
});
afterAll(() => panier[Symbol.asyncDispose]());

const add = async (input: AddCartItemsInput) => (await client.request(AddCartItemsDocument, { input })).addCartItems;
const clear = async (cartId: string, more: object = {}) =>
  (await client.request(ClearCartDocument, { input: { cartId, ...more } })).clearCart;
const one = (productId: string, quantity = 1) => ({ productId, quantity });
const [FIRST, SECOND, THIRD] = [0, 1, 2].map((nth) => () => products[nth] ?? '') as [
  () => string,
  () => string,
  () => string,
];

describe('many products', () => {
  it('go into a cart at once, one that comes twice as though it were added twice', async () => {
    const cartId = await fillCart(client, [one(SECOND())]);
    const items = [one(FIRST(), 2), one(SECOND(), 3), one(FIRST()), one(THIRD())];
    const cart = accepted(await add({ cartId, items }));
    expect(cart.items.map(({ productId, quantity }) => [productId, quantity])).toEqual([
      [SECOND(), 4],
      [FIRST(), 3],
      [THIRD(), 1],
    ]);
    expect(cart.version).toBe(6);
    expect((await client.request(CartDocument, { id: cartId })).cart).toMatchObject({
      version: cart.version,
      items: cart.items,
    });
    const order = accepted(
      (await client.request(CheckoutDocument, { input: { cartId, paymentMethod: 'pm_card_visa' } })).checkout,
    );
    expect(await ends(client, order.id)).toMatchObject({ status: 'CONFIRMED' });
  });

  it('go in whole or not at all, and the refusal names the one that does not', async () => {
    const cartId = await fillCart(client, []);
    const unknown = newId('Product');
    expect(await add({ cartId, items: [one(FIRST()), one(unknown)] })).toMatchObject({
      code: 'NOT_FOUND',
      message: `There is no product ${unknown}.`,
    });
    expect(await add({ cartId, items: [one(FIRST(), 900), one(FIRST(), 100)] })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await add({ cartId, items: [one(FIRST()), one(SECOND(), 0)] })).toMatchObject({
      message: 'items[1].quantity is a whole number from 1 to 999, not 0.',
    });
    expect((await client.request(CartDocument, { id: cartId })).cart).toMatchObject({ version: 1, items: [] });
  });

  it('go in once for one key, and not into a cart that has moved on', async () => {
    const cartId = await fillCart(client, []);
    const input = { cartId, items: [one(FIRST()), one(SECOND())], idempotencyKey: `many-${cartId}` };
    const answers = await Promise.all(Array.from({ length: 5 }, () => add(input)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect((await client.request(CartDocument, { id: cartId })).cart).toMatchObject({ version: 3, totalItems: 2 });
    expect(await add({ cartId, items: [one(THIRD())], expectedVersion: 1 })).toMatchObject({
      code: 'VERSION_CONFLICT',
    });
  });
});

describe('a cart', () => {
  it('is emptied at once, and can be filled again', async () => {
    const cartId = await fillCart(
      client,
      products.map((id) => one(id)),
    );
    expect(await clear(cartId, { expectedVersion: 1 })).toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(accepted(await clear(cartId))).toMatchObject({ items: [], totalItems: 0, version: 7 });
    expect(accepted(await clear(cartId))).toMatchObject({ version: 7 });
    expect(accepted(await add({ cartId, items: [one(FIRST())] }))).toMatchObject({ totalItems: 1, version: 8 });
  });

  it('of somebody else is not emptied', async () => {
    const cartId = await fillCart(panier.client({ customerId: 'ann' }), [one(FIRST())]);
    const eve = panier.client({ customerId: 'eve' });
    expect((await eve.request(ClearCartDocument, { input: { cartId } })).clearCart).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
