import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startForeignInventory } from '../../harness/inventory/index.ts';
import type { CommandInput } from '../commands/index.ts';
import { MAX_STOCK, newId } from '../events/index.ts';
import { openLogger, Unavailable } from '../platform/index.ts';
import type { StockMove } from './move-stock.ts';
import { adjusted } from './received.fixture.ts';
import { availabilityOf } from './remote/http-availability.ts';
import {
  journalOf,
  describe as knowsAll,
  productWith,
  type SagaAtWork,
  sagaAtWork,
  UNKEYED,
  WRITER,
} from './saga.fixture.ts';
import { openSaga } from './saga.ts';

let atWork: SagaAtWork;

beforeAll(async () => {
  atWork = await sagaAtWork();
});
afterAll(() => atWork[Symbol.asyncDispose]());

const move = (name: StockMove, input: CommandInput<StockMove>, context: object = {}) =>
  atWork.saga.moveStock({ name, input }, { ...UNKEYED, ...context });

const ASKING = { timeoutMs: 2_000, concurrency: 4, backoffMs: 20, newOrders: 'remote' } as const;

const knowsNone = async () => null;

describe('moving stock', () => {
  it('takes units out, and adds them, with a reason that says how they went', async () => {
    const productId = await productWith(atWork, 5);
    expect(await move('reduceStock', { productId, quantity: 5 })).toMatchObject({
      ok: true,
      value: { stock: { available: 0 } },
    });
    expect(await move('increaseStock', { productId, quantity: 2 })).toMatchObject({
      ok: true,
      value: { stock: { available: 2 } },
    });
    const told = (await journalOf(atWork, [productId])).map(({ data }) => data);
    expect(told).toEqual([
      { product_id: productId, delta: 5, reason: null },
      { product_id: productId, delta: -5, reason: 'Reduced through the inventory-api.' },
      { product_id: productId, delta: 2, reason: 'Increased through the inventory-api.' },
    ]);
  });

  it('refuses what is more than there is, with what there is, and records nothing', async () => {
    const productId = await productWith(atWork, 5);
    const message = `The stock of ${productId} is short: 6 asked for, 5 available.`;
    expect(await move('reduceStock', { productId, quantity: 6 })).toEqual({
      ok: false,
      error: { code: 'STOCK_SHORT', message, available: 5 },
    });
    expect(await journalOf(atWork, [productId])).toHaveLength(1);
  });

  it('refuses what would be more than there may be', async () => {
    const productId = await productWith(atWork, 5);
    const refused = await move('increaseStock', { productId, quantity: MAX_STOCK - 4 });
    expect(refused).toMatchObject({ ok: false, error: { code: 'STOCK_FULL', available: 5 } });
    expect(await move('increaseStock', { productId, quantity: MAX_STOCK - 5 })).toMatchObject({ ok: true });
  });

  it('lets an adjustment that had to wait follow at once', async () => {
    const productId = await productWith(atWork, 1);
    await atWork.saga.handle([adjusted(productId, -3)]);
    expect(await move('increaseStock', { productId, quantity: 4 })).toMatchObject({
      value: { stock: { available: 2 } },
    });
  });

  it('keeps a refusal with what was available then', async () => {
    const productId = await productWith(atWork, 1);
    const keyed = { idempotencyKey: newId('Event') };
    const first = await move('reduceStock', { productId, quantity: 2 }, keyed);
    await move('increaseStock', { productId, quantity: 9 });
    expect(await move('reduceStock', { productId, quantity: 2 }, keyed)).toEqual(first);
    expect(first).toMatchObject({ error: { available: 1 } });
  });

  it('takes one key for one direction', async () => {
    const productId = await productWith(atWork, 5);
    const keyed = { idempotencyKey: newId('Event') };
    await move('reduceStock', { productId, quantity: 1 }, keyed);
    const other = await move('increaseStock', { productId, quantity: 1 }, keyed);
    expect(other).toMatchObject({ ok: false, error: { code: 'IDEMPOTENCY_CONFLICT' } });
  });
});

describe('the stock of a product', () => {
  it('is all zero before anything was told of it, and null where the catalogue has none', async () => {
    const productId = newId('Product');
    const zero = { productId, available: 0, reserved: 0, sold: 0 };
    expect(await atWork.saga.productStock(productId)).toEqual(zero);
    const known = await productWith(atWork, 3);
    const { database } = atWork;
    const without = openSaga({ database, writer: WRITER, reservationMs: 1, describe: knowsNone });
    expect(await without.productStock(newId('Product'))).toBeNull();
    expect(await atWork.saga.stockLevel(known)).toMatchObject({ available: 3 });
  });

  it('that is kept elsewhere is what is available there, and is moved there alone', async () => {
    const productId = newId('Product');
    await atWork.saga.adjustStock({ productId, delta: 3, reason: null }, UNKEYED);
    const availability = { available: async () => 42 };
    const parts = { database: atWork.database, writer: WRITER, reservationMs: 1, describe: knowsAll };
    const elsewhere = openSaga({ ...parts, keeper: 'Remote', availability });
    expect(await elsewhere.productStock(productId)).toEqual({ productId, available: 42, reserved: 0, sold: 0 });
    const refused = await elsewhere.moveStock({ name: 'reduceStock', input: { productId, quantity: 1 } }, UNKEYED);
    expect(refused).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    expect(await atWork.saga.stockLevel(productId)).toMatchObject({ available: 3 });
  });

  it("that is kept by who does not let panier ask is told by nobody: the ledger's number would be wrong", async () => {
    await using inventory = await startForeignInventory();
    const productId = newId('Product');
    await atWork.saga.adjustStock({ productId, delta: 3, reason: null }, UNKEYED);
    await inventory.stock({ [productId]: 42 });
    const openWith = (token: string) => {
      const config = { url: inventory.url, token, ...ASKING };
      const availability = availabilityOf(config, openLogger('silent'));
      const parts = { database: atWork.database, writer: WRITER, reservationMs: 1, describe: knowsAll };
      return openSaga({ ...parts, keeper: 'Remote', availability });
    };
    expect(await openWith(inventory.token).productStock(productId)).toMatchObject({ available: 42 });
    const refused = openWith('another');
    await expect(refused.productStock(productId)).rejects.toThrow(Unavailable);
    expect(await refused.available(productId)).toBeNull();
  });
});
