import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AddCartItemDocument,
  accepted,
  CheckoutDocument,
  type CheckoutInput,
  type Client,
} from '../../src/cli/client.ts';
import { expectSound } from './invariants.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, fillCart, shelve, stands } from './shop.ts';

let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
});
afterAll(() => panier[Symbol.asyncDispose]());

const checkOut = async (input: CheckoutInput) => (await client.request(CheckoutDocument, { input })).checkout;

const codeOf = (result: object): unknown => ('code' in result ? result.code : null);

const DOUBLE = 20;

const ordersOfCart = async (cartId: string): Promise<number> => {
  const { rows } = await sql`
    select event_id from audit.event_store where type = 'OrderCreated' and data->>'cart_id' = ${cartId}`.execute(
    panier.db,
  );
  return rows.length;
};

describe('checking a cart out', () => {
  it.each([
    ['without a key', () => null],
    ['with the same key', () => 'the one key'],
    ['with a key each', (nth: number) => `key ${nth}`],
  ] as const)(`${DOUBLE} times at once %s makes one order`, async (name, keyOf) => {
    const productId = await shelve(client, 100);
    const cartId = await fillCart(client, [{ productId, quantity: 1 }]);
    const answers = await Promise.all(
      Array.from({ length: DOUBLE }, (_, nth) => {
        const key = keyOf(nth);
        const idempotencyKey = key === null ? null : `${name} ${key}`;
        return checkOut({ cartId, paymentMethod: 'pm_card_visa', idempotencyKey });
      }),
    );
    const orderIds = new Set(answers.map((answer) => accepted(answer).id));
    expect(orderIds.size).toBe(1);
    for (const orderId of orderIds) expect(await ends(client, orderId)).toMatchObject({ cartId, status: 'CONFIRMED' });
    await stands(client, productId, { available: 99, reserved: 0, sold: 1 });
    await expectSound(panier.db);
    expect(await ordersOfCart(cartId)).toBe(1);
  });

  it('answers a key that is used for something else with IDEMPOTENCY_CONFLICT', async () => {
    const productId = await shelve(client, 5);
    const [one, other] = [
      await fillCart(client, [{ productId, quantity: 1 }]),
      await fillCart(client, [{ productId, quantity: 1 }]),
    ];
    accepted(await checkOut({ cartId: one, idempotencyKey: 'used before' }));
    expect(codeOf(await checkOut({ cartId: other, idempotencyKey: 'used before' }))).toBe('IDEMPOTENCY_CONFLICT');
    const paid = await checkOut({ cartId: one, paymentMethod: 'pm_card_visa', idempotencyKey: 'used before' });
    expect(codeOf(paid)).toBe('IDEMPOTENCY_CONFLICT');
  });

  it('refuses another version than the expected one with VERSION_CONFLICT', async () => {
    const productId = await shelve(client, 5);
    const cartId = await fillCart(client, [{ productId, quantity: 1 }]);
    expect(codeOf(await checkOut({ cartId, expectedVersion: 1 }))).toBe('VERSION_CONFLICT');
    expect(codeOf(await checkOut({ cartId, expectedVersion: 3 }))).toBe('VERSION_CONFLICT');
    accepted(await checkOut({ cartId, expectedVersion: 2 }));
  });

  it('refuses an empty cart, an unknown cart and an unknown payment method', async () => {
    const cartId = await fillCart(client, []);
    expect(codeOf(await checkOut({ cartId }))).toBe('CART_EMPTY');
    expect(codeOf(await checkOut({ cartId: 'cart_unknown' }))).toBe('NOT_FOUND');
    const productId = await shelve(client, 1);
    const filled = await fillCart(client, [{ productId, quantity: 1 }]);
    expect(codeOf(await checkOut({ cartId: filled, paymentMethod: 'pm_card_magic' }))).toBe('INVALID_INPUT');
  });
});

describe('a command that is sent again', () => {
  it('with its key does nothing and answers with the first result', async () => {
    const productId = await shelve(client, 5);
    const cartId = await fillCart(client, []);
    const input = { cartId, productId, quantity: 2, idempotencyKey: `add to ${cartId}` };
    const add = async () => accepted((await client.request(AddCartItemDocument, { input })).addCartItem);
    const [first, ...again] = await Promise.all(Array.from({ length: DOUBLE }, add));
    expect(first).toMatchObject({ totalItems: 2, version: 2 });
    for (const answer of [...again, await add()]) expect(answer).toEqual(first);
  });
});

describe('two shoppers and one last item', () => {
  it('are served exactly once: one is CONFIRMED, one REJECTED', async () => {
    const productId = await shelve(client, 1);
    const cartIds = await Promise.all([1, 2].map(() => fillCart(client, [{ productId, quantity: 1 }])));
    const answers = await Promise.all(cartIds.map((cartId) => checkOut({ cartId, paymentMethod: 'pm_card_visa' })));
    const orders = await Promise.all(answers.map((answer) => ends(client, accepted(answer).id)));
    expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(['CONFIRMED', 'REJECTED']));
    const rejected = orders.find(({ status }) => status === 'REJECTED');
    expect(rejected?.failure).toMatchObject({ reason: 'OUT_OF_STOCK', productIds: [productId] });
    await stands(client, productId, { available: 0, reserved: 0, sold: 1 });
    await expectSound(panier.db);
  });

  it('never oversell: of thirty, as many are CONFIRMED as there are items', async () => {
    const productId = await shelve(client, 7);
    const cartIds = await Promise.all(Array.from({ length: 30 }, () => fillCart(client, [{ productId, quantity: 1 }])));
    const answers = await Promise.all(cartIds.map((cartId) => checkOut({ cartId, paymentMethod: 'pm_card_visa' })));
    const orders = await Promise.all(answers.map((answer) => ends(client, accepted(answer).id)));
    expect(orders.filter(({ status }) => status === 'CONFIRMED')).toHaveLength(7);
    expect(orders.filter(({ status }) => status === 'REJECTED')).toHaveLength(23);
    await expectSound(panier.db);
  });
});
