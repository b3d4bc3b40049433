import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AddCartItemDocument,
  type AddCartItemInput,
  accepted,
  CartDocument,
  CheckoutDocument,
  type Client,
  CreateCartDocument,
  OrderDocument,
  RemoveCartItemDocument,
  SetCartItemQuantityDocument,
  type SetCartItemQuantityInput,
  UpsertProductDocument,
} from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, fillCart, placeOrder, shelve } from './shop.ts';

let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
});
afterAll(() => panier[Symbol.asyncDispose]());

const add = async (input: AddCartItemInput) => (await client.request(AddCartItemDocument, { input })).addCartItem;

const setQuantity = async (input: SetCartItemQuantityInput) =>
  (await client.request(SetCartItemQuantityDocument, { input })).setCartItemQuantity;

const remove = async (cartId: string, cartItemId: string) =>
  (await client.request(RemoveCartItemDocument, { input: { cartId, cartItemId } })).removeCartItem;

const read = async (id: string, consistentWith?: string) =>
  (await client.request(CartDocument, { id, consistentWith })).cart;

const codeOf = (result: object): unknown => ('code' in result ? result.code : null);

describe('a cart', () => {
  it('is empty at first, open, and at version 1', async () => {
    const { createCart } = await client.request(CreateCartDocument, { input: null });
    expect(accepted(createCart)).toMatchObject({
      customerId: null,
      sessionId: null,
      status: 'OPEN',
      items: [],
      totalItems: 0,
      totalAmount: { amount: '0.00', currency: 'EUR' },
      version: 1,
    });
  });

  it('adds up what is put in, changed and taken out, and each answer is readable at once', async () => {
    const [tea, pot] = [await shelve(client, 0, '4.20'), await shelve(client, 0, '699.99')];
    const cartId = await fillCart(client, [], { sessionId: 'session 1' });
    const added = accepted(await add({ cartId, productId: tea, quantity: 3 }));
    expect(added).toMatchObject({ totalItems: 3, totalAmount: { amount: '12.60', currency: 'EUR' }, version: 2 });
    const both = accepted(await add({ cartId, productId: pot }));
    expect(both.items.map(({ productId }) => productId)).toEqual([tea, pot]);
    const more = accepted(await add({ cartId, productId: tea, quantity: 2 }));
    expect(more.items).toMatchObject([{ quantity: 5, lineTotal: { amount: '21.00' } }, { quantity: 1 }]);
    const [teaItem, potItem] = more.items;
    const fewer = accepted(await setQuantity({ cartId, cartItemId: teaItem?.id ?? '', quantity: 1 }));
    expect(fewer).toMatchObject({ totalItems: 2, totalAmount: { amount: '704.19' } });
    const emptied = accepted(await setQuantity({ cartId, cartItemId: potItem?.id ?? '', quantity: 0 }));
    expect(emptied.items).toMatchObject([{ productId: tea, quantity: 1 }]);
    const last = accepted(await remove(cartId, teaItem?.id ?? ''));
    expect(last).toMatchObject({ totalItems: 0, totalAmount: { amount: '0.00' }, version: 7, sessionId: 'session 1' });
    expect(await read(cartId, last.consistencyToken)).toEqual({ ...last, __typename: undefined, order: null });
  });

  it('keeps the price at which an item was first added', async () => {
    const productId = await shelve(client, 0, '10.00');
    const cartId = await fillCart(client, [{ productId, quantity: 1 }]);
    const input = { id: productId, name: 'Dearer', price: { amount: '11.00', currency: 'EUR' } };
    accepted((await client.request(UpsertProductDocument, { input })).upsertProduct);
    const cart = accepted(await add({ cartId, productId, quantity: 1 }));
    expect(cart.items).toMatchObject([{ quantity: 2, unitPrice: { amount: '10.00' }, lineTotal: { amount: '20.00' } }]);
  });

  it('is read as new as its token says, however soon', async () => {
    const productId = await shelve(client, 0);
    const cartIds = await Promise.all(Array.from({ length: 20 }, () => fillCart(client, [])));
    const reads = cartIds.map(async (cartId, nth) => {
      const { consistencyToken } = accepted(await add({ cartId, productId, quantity: nth + 1 }));
      return (await read(cartId, consistencyToken))?.totalItems;
    });
    expect(await Promise.all(reads)).toEqual(cartIds.map((_, nth) => nth + 1));
  });

  it('is shown as it was at any instant', async () => {
    const productId = await shelve(client, 0);
    const cartId = await fillCart(client, []);
    const cart = accepted(await add({ cartId, productId, quantity: 7 }));
    await read(cartId, cart.consistencyToken);
    const stored = panier.db.selectFrom('audit.event_store').select('occurred_at').where('aggregate_id', '=', cartId);
    const [created, added] = (await stored.orderBy('position').execute()).map((row) => row.occurred_at);
    const at = async (instant: Date | undefined, offsetMs = 0) => {
      const asOf = new Date((instant?.getTime() ?? 0) + offsetMs).toISOString();
      return (await client.request(CartDocument, { id: cartId, asOf })).cart;
    };
    expect(await at(created, -1)).toBeNull();
    expect(await at(created)).toMatchObject({ version: 1, totalItems: 0 });
    expect(await at(added)).toMatchObject({ version: 2, totalItems: 7 });
    expect(await at(added, 60_000)).toMatchObject({ version: 2, totalItems: 7 });
  });

  it('becomes an order and does not change any more', async () => {
    const productId = await shelve(client, 1);
    const cartId = await fillCart(client, [{ productId, quantity: 1 }]);
    const order = accepted((await client.request(CheckoutDocument, { input: { cartId } })).checkout);
    expect(order).toMatchObject({
      cartId,
      status: 'PENDING',
      lines: [{ productId, quantity: 1, lineTotal: { amount: '12.50' } }],
    });
    expect(codeOf(await add({ cartId, productId }))).toBe('CART_CHECKED_OUT');
    expect(codeOf(await setQuantity({ cartId, cartItemId: '1', quantity: 5 }))).toBe('CART_CHECKED_OUT');
    expect(codeOf(await remove(cartId, '1'))).toBe('CART_CHECKED_OUT');
    await client.request(OrderDocument, { id: order.id, consistentWith: order.consistencyToken });
    await ends(client, await placeOrder(client, [{ productId, quantity: 9 }]));
    expect(await read(cartId)).toMatchObject({ status: 'CHECKED_OUT', version: 3, order: { id: order.id } });
  });
});

describe('a read side that does not come along', () => {
  it('is not waited for without end: reading with a token fails with READ_TIMEOUT', async () => {
    await using halting = await startPanier({ roles: ['gateway', 'relay'] });
    const visitor = halting.client();
    const { id, consistencyToken } = accepted((await visitor.request(CreateCartDocument, {})).createCart);
    const reading = visitor.request(CartDocument, { id, consistentWith: consistencyToken });
    await expect(reading).rejects.toMatchObject({ codes: ['READ_TIMEOUT'] });
    expect((await visitor.request(CartDocument, { id })).cart).toBeNull();
  });
});

describe('a change to a cart is refused', () => {
  it('when nothing is known of the cart, the item or the product', async () => {
    const productId = await shelve(client, 0);
    const cartId = await fillCart(client, []);
    expect(codeOf(await add({ cartId: 'cart_unknown', productId }))).toBe('NOT_FOUND');
    expect(codeOf(await add({ cartId, productId: 'prod_unknown' }))).toBe('NOT_FOUND');
    expect(codeOf(await setQuantity({ cartId, cartItemId: '1', quantity: 1 }))).toBe('NOT_FOUND');
    expect(codeOf(await remove(cartId, '1'))).toBe('NOT_FOUND');
    expect(await read('cart_unknown')).toBeNull();
  });

  it('when a quantity is out of bounds', async () => {
    const productId = await shelve(client, 0);
    const cartId = await fillCart(client, [{ productId, quantity: 999 }]);
    for (const quantity of [0, -1, 1_000, 1])
      expect(codeOf(await add({ cartId, productId, quantity }))).toBe('INVALID_INPUT');
    for (const quantity of [-1, 1_000])
      expect(codeOf(await setQuantity({ cartId, cartItemId: '1', quantity }))).toBe('INVALID_INPUT');
  });

  it('when the cart is at another version than the expected one', async () => {
    const productId = await shelve(client, 0);
    const cartId = await fillCart(client, [{ productId, quantity: 1 }]);
    expect(codeOf(await add({ cartId, productId, expectedVersion: 1 }))).toBe('VERSION_CONFLICT');
    expect(codeOf(await setQuantity({ cartId, cartItemId: '1', quantity: 2, expectedVersion: 3 }))).toBe(
      'VERSION_CONFLICT',
    );
    expect(accepted(await setQuantity({ cartId, cartItemId: '1', quantity: 2, expectedVersion: 2 })).version).toBe(3);
  });

  it('when the product is sold in another currency', async () => {
    const productId = await shelve(client, 0);
    const cartId = await fillCart(client, [], { currency: 'JPY' });
    expect(codeOf(await add({ cartId, productId }))).toBe('CURRENCY_MISMATCH');
    const { createCart } = await client.request(CreateCartDocument, { input: { currency: 'XXQ' } });
    expect(codeOf(createCart)).toBe('INVALID_INPUT');
  });
});

describe('an order', () => {
  it('is shown as it was after each of its steps', async () => {
    const productId = await shelve(client, 1);
    const orderId = await placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_chargeDeclined' });
    const order = await ends(client, orderId);
    for (const step of order.steps) {
      const { order: then } = await client.request(OrderDocument, { id: orderId, atRevision: step.revision });
      if (then === null) continue;
      expect(then).toMatchObject({
        revision: step.revision,
        status: step.status,
        steps: order.steps.slice(0, step.revision),
      });
    }
    const { order: last } = await client.request(OrderDocument, { id: orderId, atRevision: order.revision });
    expect(last).toEqual({ ...order, id: `${orderId}@${order.revision}` });
    expect((await client.request(OrderDocument, { id: orderId, atRevision: order.revision + 1 })).order).toBeNull();
  });
});
