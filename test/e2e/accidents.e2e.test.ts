import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../src/cli/client.ts';
import { expectSound } from './invariants.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, placeOrder, reaches, shelve, stands } from './shop.ts';
import { someEnded, storm } from './storm.ts';

let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
});
afterAll(() => panier[Symbol.asyncDispose]());

const SIZE = 60;

describe('Redis', () => {
  it('may lose everything again and again while sagas run: every order ends, watched without a gap', async () => {
    const { orderIds, watchedToTheEnd } = await storm({ url: panier.url, client }, SIZE);
    await panier.redis.flushall();
    await someEnded(client, orderIds);
    await panier.redis.flushall();
    expect(await watchedToTheEnd).toBe(SIZE);
    await panier.redis.flushall();
    await expectSound(panier.db);
  });

  it('may be away: commands are taken on, and everything goes its way when it is back', async () => {
    const productId = await shelve(client, 100);
    const before = await storm({ url: panier.url, client }, SIZE / 2);
    await panier.redisServer.kill();
    const orderIds = await Promise.all(
      Array.from({ length: 10 }, () =>
        placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' }),
      ),
    );
    await panier.redisServer.restart();
    for (const orderId of orderIds) expect(await ends(client, orderId, 30_000)).toMatchObject({ status: 'CONFIRMED' });
    expect(await before.watchedToTheEnd).toBe(SIZE / 2);
    await stands(client, productId, { available: 90, reserved: 0, sold: 10 });
    await expectSound(panier.db);
  });
});

describe('two processes on the same servers', () => {
  it('share the work: everything happens once, and one may stop in the middle', async () => {
    const other = await panier.another();
    const [mine, others] = await Promise.all([
      storm({ url: panier.url, client }, SIZE),
      storm({ url: panier.url, client: other.client() }, SIZE),
    ]);
    await someEnded(client, mine.orderIds);
    // Its own subscribers are told to come again; those of the process that stays notice nothing.
    await other[Symbol.asyncDispose]();
    expect(await mine.watchedToTheEnd).toBe(SIZE);
    for (const orderId of others.orderIds) await ends(client, orderId, 30_000);
    await expectSound(panier.db);
  });

  it('answer for each other: what one was told, the other shows', async () => {
    const other = await panier.another();
    const productId = await shelve(client, 1);
    const orderId = await placeOrder(other.client(), [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
    expect((await reaches(client, orderId, 'CONFIRMED')).lines).toMatchObject([{ productId, quantity: 1 }]);
    await other[Symbol.asyncDispose]();
  });
});
