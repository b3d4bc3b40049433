import { ask, type Panier } from './ask.ts';

export interface Priced {
  readonly id: string;
  readonly currency: 'EUR' | 'JPY';
}

const PRICES = {
  EUR: ['0.99', '4.50', '19.90', '100.00', '699.99'],
  // Without decimal places, as Stripe counts it, too.
  JPY: ['80', '1500', '24800'],
} as const;

/** What is sold, in stock for any run. */
export const PRODUCTS: readonly (Priced & { readonly price: string })[] = Object.entries(PRICES).flatMap(
  ([currency, prices]) =>
    prices.map((price, index) => ({
      id: `prod_${currency.toLowerCase()}${index}`,
      currency: currency as Priced['currency'],
      price,
    })),
);

const STOCK = 10_000_000;

const STOCKED = /* GraphQL */ `
  mutation ($product: UpsertProductInput!, $stock: AdjustStockInput!) {
    upsertProduct(input: $product) { __typename }
    adjustStock(input: $stock) { __typename }
  }`;

export const stockProducts = async (panier: Panier): Promise<void> => {
  for (const { id, currency, price } of PRODUCTS) {
    const product = { id, name: id, price: { amount: price, currency } };
    await ask(panier, STOCKED, { product, stock: { productId: id, delta: STOCK } });
  }
};
