import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accepted, type Client, UpsertProductDocument } from '../../src/cli/client.ts';
import { askInventory, moveOf, stockPath, WAREHOUSE } from './ask-inventory.ts';
import { expectSound } from './invariants.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, placeOrder, shelve, typesOf } from './shop.ts';

let keeper: TestPanier;
let keeperUrl: string;
let shop: TestPanier;
let client: Client;

beforeAll(async () => {
  keeper = await startPanier();
  keeperUrl = keeper.panier.urls['inventory-api'] ?? '';
  const token = WAREHOUSE.authorization.replace('Bearer ', '');
  const calls = { timeoutMs: 5_000, concurrency: 4, backoffMs: 50, newOrders: 'remote' } as const;
  shop = await startPanier({ inventory: { url: keeperUrl, token, ...calls } });
  client = shop.client();
});
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
  await keeper[Symbol.asyncDispose]();
});

const availableAt = async (productId: string): Promise<number> => {
  const { text } = await askInventory(keeperUrl, { path: stockPath(productId) });
  return (JSON.parse(text) as { readonly available: number }).available;
};

/** Two products that the keeper has in stock, and that the shop sells. */
const sold = async (stock: number): Promise<readonly string[]> => {
  const ids = [await shelve(keeper.client(), stock), await shelve(keeper.client(), stock)];
  for (const id of ids) {
    const input = { id, name: `Product ${id}`, price: { amount: '12.50', currency: 'EUR' } };
    accepted((await client.request(UpsertProductDocument, { input })).upsertProduct);
  }
  return ids;
};

const order = async (productIds: readonly string[], quantity: number, paymentMethod: string) => {
  const lines = productIds.map((productId) => ({ productId, quantity }));
  return ends(client, await placeOrder(client, lines, { paymentMethod }));
};

const available = (productIds: readonly string[]) => Promise.all(productIds.map(availableAt));

describe('a shop whose stock another panier keeps', () => {
  it('takes the lines of an order there, and what is paid stays taken', async () => {
    const products = await sold(10);
    expect(await order(products, 2, 'pm_card_visa')).toMatchObject({ status: 'CONFIRMED' });
    expect(await available(products)).toEqual([8, 8]);
  });

  it('gives all of it back when the payment is refused', async () => {
    const products = await sold(10);
    const ended = await order(products, 2, 'pm_card_chargeDeclined');
    expect(ended.status).toBe('CANCELLED');
    expect(typesOf(ended)).toContain('StockCompensated');
    expect(await available(products)).toEqual([10, 10]);
  });

  it('holds nothing of an order of which one line is short', async () => {
    const products = await sold(10);
    const [first = '', short = ''] = products.toSorted();
    await askInventory(keeperUrl, moveOf('reduce', short, { quantity: 9 }));
    expect(await order(products, 2, 'pm_card_visa')).toMatchObject({ status: 'REJECTED' });
    expect(await available([first, short])).toEqual([10, 1]);
    await expectSound(keeper.db);
  });
});
