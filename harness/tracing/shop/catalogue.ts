import type { Client } from './client.ts';
import { PRODUCTS } from './plays.ts';

const UNITS = 10_000_000;
const UPSERT = `mutation ($input: UpsertProductInput!) { result: upsertProduct(input: $input) { ... on Product { id } ... on UserError { code } } }`;
const ADJUST = `mutation ($input: AdjustStockInput!) { result: adjustStock(input: $input) { ... on Product { id } ... on UserError { code } } }`;

const priceOf = (id: string) => ({ amount: id === PRODUCTS.free ? '0.00' : '19.90', currency: 'EUR' });

/** Puts into the catalogue what is sold, and into stock what is not sold out. */
export const stock = async ({ command }: Client): Promise<void> => {
  for (const id of Object.values(PRODUCTS)) {
    await command({ customerId: null, mutation: UPSERT, input: { id, name: id, price: priceOf(id) } });
    if (id === PRODUCTS.none) continue;
    await command({ customerId: null, mutation: ADJUST, input: { productId: id, delta: UNITS } });
  }
};
