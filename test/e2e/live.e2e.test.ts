import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AddCartItemDocument,
  AdjustStockDocument,
  accepted,
  type Client,
  EventsDocument,
  WatchCartDocument,
  WatchEventsDocument,
  WatchStockDocument,
} from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, fillCart, placeOrder, shelve, stands } from './shop.ts';

let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
});
afterAll(() => panier[Symbol.asyncDispose]());

const adjust = async (productId: string, delta: number) =>
  accepted((await client.request(AdjustStockDocument, { input: { productId, delta } })).adjustStock);

/** Everything up to and including the first that fits. */
const takeUntil = async <T>(values: AsyncGenerator<T, void>, fits: (value: T) => boolean): Promise<readonly T[]> => {
  const taken: T[] = [];
  for await (const value of values) {
    taken.push(value);
    if (fits(value)) break;
  }
  return taken;
};

describe('watching stock', () => {
  it('shows each product once, then again what changes', async () => {
    const [one, other] = [await shelve(client, 5), await shelve(client, 6)];
    await stands(client, one, { available: 5, reserved: 0, sold: 0 });
    await stands(client, other, { available: 6, reserved: 0, sold: 0 });
    const stock = client.watch(WatchStockDocument, { ids: [one, other] });
    const first = [await stock.next(), await stock.next()].map(({ value }) => value?.stock);
    expect(new Map(first.map((each) => [each?.id, each?.available]))).toEqual(
      new Map([
        [one, 5],
        [other, 6],
      ]),
    );
    await adjust(other, 4);
    const { value } = await stock.next();
    expect(value?.stock).toMatchObject({ id: other, available: 10 });
    await stock.return();
  });

  it('shows what an order holds and sells, and ends with the last numbers', async () => {
    const productId = await shelve(client, 5);
    await stands(client, productId, { available: 5, reserved: 0, sold: 0 });
    const stock = client.watch(WatchStockDocument, { ids: [productId] });
    const seen = takeUntil(stock, (each) => each.stock.sold === 2);
    await ends(client, await placeOrder(client, [{ productId, quantity: 2 }], { paymentMethod: 'pm_card_visa' }));
    for (const { stock: numbers } of await seen) expect(numbers.available + numbers.reserved + numbers.sold).toBe(5);
  });

  it('of an unknown product fails with NOT_FOUND', async () => {
    const stock = client.watch(WatchStockDocument, { ids: ['prod_unknown'] });
    await expect(stock.next()).rejects.toMatchObject({ codes: ['NOT_FOUND'] });
  });
});

describe('watching a cart', () => {
  it('shows it as it is, then after every change up to the last', async () => {
    const productId = await shelve(client, 5);
    const cartId = await fillCart(client, []);
    const carts = client.watch(WatchCartDocument, { id: cartId });
    const { value } = await carts.next();
    expect(value?.cart).toMatchObject({ id: cartId });
    const seen = takeUntil(carts, ({ cart }) => cart.totalItems === 5);
    for (let nth = 0; nth < 5; nth += 1) {
      accepted((await client.request(AddCartItemDocument, { input: { cartId, productId } })).addCartItem);
    }
    const versions = (await seen).map(({ cart }) => cart.version);
    expect(versions.at(-1)).toBe(6);
    expect(versions).toEqual([...new Set(versions)].toSorted((one, other) => one - other));
  });

  it('of an unknown cart fails with NOT_FOUND', async () => {
    await expect(client.watch(WatchCartDocument, { id: 'cart_unknown' }).next()).rejects.toMatchObject({
      codes: ['NOT_FOUND'],
    });
  });
});

describe('watching events', () => {
  it('delivers everything behind a cursor, in the order of the event store, nothing left out', async () => {
    const productId = await shelve(client, 50);
    const { events } = await client.request(EventsDocument, { last: 1 });
    const after = events.edges.at(-1)?.cursor ?? '';
    let ended = 0;
    const feed = client.watch(WatchEventsDocument, { after });
    const seen = takeUntil(feed, ({ events: { node } }) => {
      if (node.type === 'OrderConfirmed') ended += 1;
      return ended === 10;
    });
    await Promise.all(
      Array.from({ length: 10 }, () =>
        placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' }),
      ),
    );
    const delivered = (await seen).map((each) => each.events);
    const page = await client.request(EventsDocument, { first: 100, after });
    expect(delivered).toEqual(page.events.edges.slice(0, delivered.length));
    expect(delivered.filter(({ node }) => node.type === 'OrderConfirmed')).toHaveLength(10);
  });

  it('delivers only what the filter fits, from now on when there is no cursor', async () => {
    const productId = await shelve(client, 1);
    const feed = client.watch(WatchEventsDocument, { filter: { types: ['StockAdjusted'], aggregateId: productId } });
    const received = new AbortController();
    const next = feed.next().finally(() => received.abort());
    const other = await shelve(client, 1);
    // Again and again, for nobody knows when "now" is.
    while (!received.signal.aborted) {
      await adjust(other, 1);
      await adjust(productId, 1);
    }
    const { value } = await next;
    expect(value?.events.node).toMatchObject({ type: 'StockAdjusted', aggregateId: productId, data: { delta: 1 } });
    await feed.return();
  });
});
