import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { type OwnPostgres, ownPostgres } from '../../harness/support/own-postgres.ts';
import { AddCartItemDocument, accepted, type Client, RequestFailed } from '../../src/cli/client.ts';
import { askInventory, moveOf } from './ask-inventory.ts';
import { expectSound } from './invariants.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, fillCart, placeOrder, productOf, shelve, stands } from './shop.ts';

const COUNT = 20;
/** A charge that was under way is taken up when its lease ends, after 30 s. */
const ENDS_WITHIN_MS = 60_000;

let postgres: OwnPostgres;
let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  postgres = await ownPostgres();
  panier = await startPanier({}, postgres);
  client = panier.client();
});
afterAll(async () => {
  await panier[Symbol.asyncDispose]();
  await postgres[Symbol.asyncDispose]();
});

const readiness = async (): Promise<number> => (await fetch(new URL('/health/ready', panier.url))).status;

const serving = async (): Promise<number> => (await fetch(new URL('/readyz/serving', panier.url))).status;

/** Adds one of the product to the cart, always with the same key; what panier says to it. */
const add = async (cartId: string, productId: string): Promise<unknown> => {
  const input = { cartId, productId, quantity: 1, idempotencyKey: `the one of ${cartId}` };
  try {
    return accepted((await client.request(AddCartItemDocument, { input })).addCartItem).totalItems;
  } catch (error) {
    if (error instanceof RequestFailed) return error.codes[0];
    throw error;
  }
};

describe('PostgreSQL', () => {
  it('may stop at once: who asks is told UNAVAILABLE, and everything goes on, once, when it is back', async () => {
    const productId = await shelve(client, 100);
    const lines = [{ productId, quantity: 1 }];
    const cartIds = await Promise.all(Array.from({ length: COUNT }, () => fillCart(client, [])));
    const order = () => placeOrder(client, lines, { paymentMethod: 'pm_card_visa' });
    const orderIds = await Promise.all(Array.from({ length: COUNT }, order));
    const underWay = cartIds.map((cartId) => add(cartId, productId));
    await postgres.stop();
    for (const answer of await Promise.all(underWay)) expect(['UNAVAILABLE', 1]).toContain(answer);
    expect(await add(cartIds[0] ?? '', productId)).toBe('UNAVAILABLE');
    expect(await readiness()).toBe(503);
    await eventually(async () => expect(await serving()).toBe(503));
    await postgres.start();
    await eventually(async () => expect(await readiness()).toBe(200), 20_000);
    expect(await Promise.all(cartIds.map((cartId) => add(cartId, productId)))).toEqual(cartIds.map(() => 1));
    for (const orderId of orderIds)
      expect(await ends(client, orderId, ENDS_WITHIN_MS)).toMatchObject({ status: 'CONFIRMED' });
    await stands(client, productId, { available: 100 - COUNT, reserved: 0, sold: COUNT });
    await expectSound(panier.db);
  }, 120_000);

  it('may stop while stock is moved: 503 with Retry-After, and the same key says later what was done', async () => {
    const productId = await shelve(client, 100);
    const url = panier.panier.urls['inventory-api'] ?? '';
    const asked = Array.from({ length: COUNT }, (_, nth) =>
      moveOf('reduce', productId, { quantity: 1, key: `${productId}-${nth}` }),
    );
    const ask = () => Promise.all(asked.map((each) => askInventory(url, each)));
    const underWay = ask();
    await postgres.stop();
    const cut = [...(await underWay), ...(await ask())];
    for (const { status } of cut) expect([200, 503]).toContain(status);
    const away = cut.filter(({ status }) => status === 503);
    expect(away.length).toBeGreaterThanOrEqual(COUNT);
    for (const { headers } of away) expect(headers['retry-after']).toBe('5');
    await postgres.start();
    await eventually(async () => expect(await readiness()).toBe(200), 20_000);
    const again = await ask();
    expect(again.map(({ status }) => status)).toEqual(asked.map(() => 200));
    const told = cut.map(({ status, text }, nth) => (status === 200 ? text : again[nth % COUNT]?.text));
    expect(told).toEqual(cut.map((_, nth) => again[nth % COUNT]?.text));
    await stands(client, productId, { available: 100 - COUNT, reserved: 0, sold: 0 });
    await expectSound(panier.db);
  });
});

describe('Redis', () => {
  it('may be away: it is told, and no balancer takes gateways out that answer all the same', async () => {
    const productId = await shelve(client, 100);
    const cartId = await fillCart(client, []);
    await panier.redisServer.kill();
    await eventually(async () => expect(await readiness()).toBe(503));
    expect(await serving()).toBe(200);
    expect(await add(cartId, productId)).toBe(1);
    expect(await productOf(client, productId)).toMatchObject({ id: productId });
    await panier.redisServer.restart();
    await eventually(async () => expect(await readiness()).toBe(200), 20_000);
  });
});
