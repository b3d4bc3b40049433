import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../harness/support/eventually.ts';
import { newId } from '../../events/index.ts';
import { openLogger } from '../../platform/index.ts';
import { cancelled, created } from '../received.fixture.ts';
import { type RemoteSaga, remoteSaga } from './remote.fixture.ts';
import { type ShopInventory, startShopInventory } from './shop-inventory.fixture.ts';

const RESERVATION_MS = 1_500;

let shop: ShopInventory;
let remote: RemoteSaga;

beforeEach(async () => {
  shop = await startShopInventory({ prod_1: 50, prod_2: 50 });
  remote = await remoteSaga(shop.url, RESERVATION_MS);
});
afterEach(async () => {
  await remote[Symbol.asyncDispose]();
  await shop[Symbol.asyncDispose]();
});

const place = async (): Promise<string> => {
  const orderId = newId('Order');
  await remote.saga.handle([created(orderId, { prod_1: 2, prod_2: 2 })]);
  return orderId;
};

const TOLD_NO = [{ type: 'StockReservationFailed', data: { ok: false, shortages: [] } }];

describe('while the inventory is away', () => {
  it('an order waits for it, and is told no at its time', async () => {
    shop.onTheWay = () => 'LoseRequest';
    remote.startCalls();
    const startedAt = performance.now();
    const orderId = await place();
    expect(await remote.toldSo(orderId, 1)).toMatchObject(TOLD_NO);
    expect(performance.now() - startedAt).toBeGreaterThan(RESERVATION_MS - 100);
  });

  it('an order counts how often it was put off, and waits longer each time', async () => {
    shop.onTheWay = () => ({ status: 401 });
    remote.startCalls();
    await place();
    await eventually(async () => {
      const left = await remote.database.db.selectFrom('saga.remote_task').select('attempts').execute();
      expect(left[0]?.attempts).toBeGreaterThan(4);
    });
  });

  it('what was taken of an order that was told no is given back once it answers', async () => {
    shop.onTheWay = ({ path }) => {
      if (path.endsWith('increase')) return 'LoseRequest';
      return path.includes('prod_2') ? 'LoseAnswer' : 'Pass';
    };
    remote.startCalls();
    const orderId = await place();
    expect(await remote.toldSo(orderId, 1)).toMatchObject(TOLD_NO);
    expect(Object.fromEntries(shop.stock)).toEqual({ prod_1: 48, prod_2: 48 });
    shop.onTheWay = () => 'Pass';
    await remote.settled();
    expect(Object.fromEntries(shop.stock)).toEqual({ prod_1: 50, prod_2: 50 });
    expect(await remote.told(orderId)).toHaveLength(1);
  });

  it('orders are not tried one by one, and nothing is taken of those that were not', async () => {
    shop.onTheWay = () => 'LoseRequest';
    remote.startCalls();
    const orderIds = await Promise.all(Array.from({ length: 40 }, place));
    for (const orderId of orderIds) expect(await remote.toldSo(orderId, 1)).toMatchObject(TOLD_NO);
    expect(shop.asked.length).toBeLessThan(25);
    const left = await remote.database.db.selectFrom('saga.remote_task').selectAll().execute();
    expect(left.length).toBeLessThan(25);
  });

  it('what was reserved stays to be given back, and is once it answers', async () => {
    remote.startCalls();
    const orderId = await place();
    await remote.toldSo(orderId, 1);
    shop.onTheWay = () => 'LoseRequest';
    await remote.saga.handle([cancelled(orderId)]);
    await eventually(() => expect(shop.asked.length).toBeGreaterThan(5));
    expect(await remote.told(orderId)).toHaveLength(1);
    shop.onTheWay = () => 'Pass';
    expect((await remote.toldSo(orderId, 2)).map(({ type }) => type)).toEqual(['StockReserved', 'StockCompensated']);
    expect(Object.fromEntries(shop.stock)).toEqual({ prod_1: 50, prod_2: 50 });
  });

  it('an order that was begun there is told no at its time also where none is configured any more', async () => {
    const orderId = await place();
    const logger = openLogger('silent');
    await using _calls = remote.saga.startCalls({ logger, remote: null });
    expect(await remote.toldSo(orderId, 1)).toMatchObject(TOLD_NO);
    expect(shop.asked).toEqual([]);
  });
});
