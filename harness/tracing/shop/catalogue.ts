import type { Client } from './client.ts';
import { PRODUCTS } from './plays.ts';

const UNITS = 10_000_000;
const UPSERT = `mutation ($input: UpsertProductInput!) { result: upsertProduct(input: $input) { __typename } }`;
const ADJUST = `mutation ($input: AdjustStockInput!) { result: adjustStock(input: $input) { __typename } }`;

const priceOf = (id: string) => ({ amount: id === PRODUCTS.free ? '0.00' : '19.90', currency: 'EUR' });

/** Puts into the catalogue what is sold, and into stock what is not sold out. */
export const stock = async ({ ask }: Client): Promise<void> => {
  const command = (query: string, input: object) => ask({ customerId: null, query, variables: { input } });
  for (const id of Object.values(PRODUCTS)) {
    await command(UPSERT, { id, name: id, price: priceOf(id) });
    if (id !== PRODUCTS.none) await command(ADJUST, { productId: id, delta: UNITS });
  }
};
