import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownSleep } from '../../harness/support/own-time.ts';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import {
  AddCartItemDocument,
  AdjustStockDocument,
  accepted,
  CartDocument,
  type Client,
  CreateCartDocument,
  OrdersDocument,
  ProductDocument,
} from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { fillCart, orderOf, placeOrder, shelve } from './shop.ts';

const TIMES = 60;

let panier: TestPanier;
let operator: Client;
let productId: string;
beforeAll(async () => {
  panier = await startPanier();
  operator = panier.client();
  productId = await shelve(operator, 10_000);
});
afterAll(() => panier[Symbol.asyncDispose]());

/** Queries go on meanwhile; what is folded into the read models waits. */
const whileFoldingWaits = async <T>(work: () => Promise<T>, heldMs: number): Promise<T> => {
  const { promise: isHeld, resolve: held } = Promise.withResolvers<void>();
  const holding = panier.db.transaction().execute(async (tx) => {
    await sql`lock table read.cart, read."order", read.product in exclusive mode`.execute(tx);
    held();
    await ownSleep(heldMs);
  });
  await isHeld;
  const [result] = await Promise.all([work(), holding]);
  return result;
};

/** How many of the readings were older than what was written before them. */
const older = async (once: (nth: number) => Promise<boolean>): Promise<number> => {
  let count = 0;
  for (let nth = 0; nth < TIMES; nth += 1) count += (await once(nth)) ? 0 : 1;
  return count;
};

const addTo = async (client: Client, cartId: string): Promise<number> =>
  accepted((await client.request(AddCartItemDocument, { input: { cartId, productId } })).addCartItem).version;

const restock = async (delta: number): Promise<number> =>
  accepted((await operator.request(AdjustStockDocument, { input: { productId, delta } })).adjustStock).available;

const availableNow = async (): Promise<number | undefined> =>
  (await operator.request(ProductDocument, { id: productId })).product?.available;

const ann = (): Client => panier.client({ customerId: 'ann' });

describe('what a viewer reads after what they wrote, without a token, is never older', () => {
  it('of a cart', async () => {
    const client = ann();
    const cartId = await fillCart(client, []);
    const count = await older(async () => {
      const version = await addTo(client, cartId);
      return ((await client.request(CartDocument, { id: cartId })).cart?.version ?? 0) >= version;
    });
    expect(count).toBe(0);
  });

  it('of a cart that was just made', async () => {
    const client = ann();
    const count = await older(async () => {
      const { id } = accepted((await client.request(CreateCartDocument, {})).createCart);
      return (await client.request(CartDocument, { id })).cart !== null;
    });
    expect(count).toBe(0);
  });

  it('of the list of orders, of an order, and of the cart that it was', async () => {
    const client = ann();
    const count = await older(async () => {
      const id = await placeOrder(client, [{ productId, quantity: 1 }]);
      const list = await client.request(OrdersDocument, { first: 1 });
      const { cart } = await client.request(CartDocument, { id: (await orderOf(client, id)).cartId });
      return list.orders.edges[0]?.node.id === id && cart?.status === 'CHECKED_OUT';
    });
    expect(count).toBe(0);
  });

  it('of a stock', async () => {
    const count = await older(async () => (await restock(1)) === (await availableNow()));
    expect(count).toBe(0);
  });

  it('though the read side comes along late', async () => {
    const client = ann();
    const cartId = await fillCart(client, []);
    const seen = await whileFoldingWaits(async () => {
      const version = await addTo(client, cartId);
      return [version, (await client.request(CartDocument, { id: cartId })).cart?.version];
    }, 1_500);
    expect(seen[1]).toBe(seen[0]);
  });

  it('and what there is comes all the same, if older, when the read side does not come along', async () => {
    await using halting = await startPanier({ roles: ['gateway', 'relay'] });
    const client = halting.client();
    const { id } = accepted((await client.request(CreateCartDocument, {})).createCart);
    const begunMs = performance.now();
    expect((await client.request(CartDocument, { id })).cart).toBeNull();
    const waitedMs = performance.now() - begunMs;
    expect(waitedMs).toBeGreaterThan(3_000);
    expect((await client.request(CartDocument, { id })).cart).toBeNull();
    // It was waited for once: an outage costs one wait a write, not one a read.
    expect(performance.now() - begunMs - waitedMs).toBeLessThan(waitedMs / 2);
  });

  it('and what another has written is not waited for', async () => {
    const cartId = await fillCart(ann(), []);
    await ann().request(CartDocument, { id: cartId });
    const waitedMs = await whileFoldingWaits(async () => {
      await addTo(ann(), cartId);
      const begunMs = performance.now();
      await operator.request(CartDocument, { id: cartId });
      return performance.now() - begunMs;
    }, 1_500);
    expect(waitedMs).toBeLessThan(1_000);
  });
});

const ask = async (query: string, variables: object): Promise<unknown> => {
  const response = await fetch(`${panier.url}/graphql`, {
    method: 'POST',
    headers: { ...AS_OPERATOR, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
};

describe('consistentWith', () => {
  const LISTS = [
    'orders(first: 1, consistentWith: $token) { edges { node { id } } }',
    'carts(first: 1, consistentWith: $token) { edges { node { id } } }',
    'products(first: 1, consistentWith: $token) { edges { node { id } } }',
    'events(first: 1, consistentWith: $token) { edges { cursor } }',
    'contradictions(first: 1, consistentWith: $token) { edges { cursor } }',
    'deadLetters(first: 1, consistentWith: $token) { edges { cursor } }',
    'stuckOrders(first: 1, consistentWith: $token) { edges { cursor } }',
    'abandonedCarts(first: 1, olderThanSeconds: 0, consistentWith: $token) { edges { cursor } }',
    'stats(consistentWith: $token) { bucketSeconds }',
    'nodes(ids: ["prod_1"], consistentWith: $token) { id }',
    'product(id: "prod_1", consistentWith: $token) { id }',
  ];

  it.each(LISTS)('is waited for by %s', async (field) => {
    const client = panier.client({ customerId: 'bob' });
    const cartId = await fillCart(client, []);
    const waitedMs = await whileFoldingWaits(async () => {
      const { consistencyToken: token } = accepted(
        (await client.request(AddCartItemDocument, { input: { cartId, productId } })).addCartItem,
      );
      const begunMs = performance.now();
      expect(await ask(`query ($token: String) { ${field} }`, { token })).not.toHaveProperty('errors');
      return performance.now() - begunMs;
    }, 900);
    expect(waitedMs).toBeGreaterThan(300);
  });

  it.each(LISTS)('that panier did not make is refused by %s', async (field) => {
    expect(await ask(`query ($token: String) { ${field} }`, { token: 'nonsense' })).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  it('of what is not the viewer’s is not waited for', async () => {
    const bob = panier.client({ customerId: 'bob' });
    const cartId = await fillCart(bob, []);
    const waitedMs = await whileFoldingWaits(async () => {
      const cart = accepted((await bob.request(AddCartItemDocument, { input: { cartId, productId } })).addCartItem);
      const begunMs = performance.now();
      const asked = { first: 1, consistentWith: cart.consistencyToken };
      await panier.client({ customerId: 'eve' }).request(OrdersDocument, asked);
      return performance.now() - begunMs;
    }, 1_200);
    expect(waitedMs).toBeLessThan(800);
  });
});
