import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../events/index.ts';
import { cancelled, created } from '../received.fixture.ts';
import { type RemoteSaga, remoteSaga } from './remote.fixture.ts';
import { type ShopInventory, startShopInventory } from './shop-inventory.fixture.ts';

let shop: ShopInventory;
let remote: RemoteSaga;

beforeEach(async () => {
  shop = await startShopInventory({ prod_1: 5, prod_2: 5, prod_3: 5 });
  remote = await remoteSaga(shop.url);
});
afterEach(async () => {
  await remote[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

const levels = () => Object.fromEntries(shop.stock);
const full = { prod_1: 5, prod_2: 5, prod_3: 5 };

describe('an order whose stock is elsewhere', () => {
  it('takes its lines there, by product id, and is reserved', async () => {
    remote.startCalls();
    const orderId = newId('Order');
    await remote.saga.handle([created(orderId, { prod_3: 1, prod_1: 2, prod_2: 1 })]);
    const [told] = await remote.toldSo(orderId, 1);
    expect(told).toMatchObject({
      type: 'StockReserved',
      data: { lines: [{ product_id: 'prod_1', quantity: 2 }, {}, {}] },
    });
    expect(shop.asked.map(({ path }) => path)).toEqual(
      ['prod_1', 'prod_2', 'prod_3'].map((id) => `/stock/products/${id}/stock/reduce`),
    );
    expect(shop.asked.map(({ key }) => key)).toEqual(
      ['prod_1', 'prod_2', 'prod_3'].map((id) => `${orderId}:${id}:reduce`),
    );
    await remote.settled();
    await remote.saga.handle([cancelled(orderId)]);
    expect((await remote.toldSo(orderId, 2)).map(({ type }) => type)).toEqual(['StockReserved', 'StockCompensated']);
    expect(levels()).toEqual(full);
  });
});
