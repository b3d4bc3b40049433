import type { Currency, Decimal, ProductId, Recorded } from '../../events/index.ts';
import { type Aggregate, type Decision, NOTHING } from '../execution/aggregate.ts';

/** What the catalogue says of a product; null before it is in the catalogue. */
export type Product = { readonly name: string; readonly price: Decimal; readonly currency: Currency } | null;

export const productAggregate: Aggregate<Product, 'Product'> = {
  kind: 'Product',
  initialState: null,
  evolve: (product, { event }: Recorded) => {
    if (event.type !== 'ProductUpserted') return product;
    const { name, price, currency } = event.data;
    return { name, price, currency };
  },
};

export interface UpsertProduct {
  readonly id: ProductId;
  readonly name: string;
  /** With as many decimal places as the currency has. */
  readonly price: Decimal;
  readonly currency: Currency;
}

/** Saying again what the catalogue says decides nothing. */
export const upsertProduct = (product: Product, { id, name, price, currency }: UpsertProduct): Decision =>
  product?.name === name && product.price === price && product.currency === currency
    ? NOTHING
    : { events: [{ type: 'ProductUpserted', data: { productId: id, name, price, currency } }] };
