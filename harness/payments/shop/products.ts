import { STOCKED, stocked } from '../../support/stocked.ts';
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

export const stockProducts = async (panier: Panier): Promise<void> => {
  for (const { id, currency, price } of PRODUCTS) {
    await ask(panier, STOCKED, stocked({ id, price: { amount: price, currency } }));
  }
};
