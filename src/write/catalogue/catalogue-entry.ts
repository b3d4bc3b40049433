import type { Currency, Decimal } from '../../events/index.ts';
import type { Loaded } from '../execution/aggregate.ts';
import type { Answer } from '../execution/stored-result.ts';
import { type Product, productAggregate } from './product.ts';
import type { StockNumbers } from './stock-of.ts';

export interface CatalogueEntry {
  readonly id: string;
  readonly name: string;
  readonly price: Decimal;
  readonly currency: Currency;
}

/** A product, and its stock at that moment; null for a product that the inventory does not know. */
export interface StockedEntry extends CatalogueEntry {
  readonly stock: StockNumbers | null;
}

const catalogueEntry = ({ id, state }: Loaded<Product>): CatalogueEntry | null =>
  state === null ? null : { id, ...state };

/** With the stock as it was kept beside the answer. */
const stockedEntry = (product: Loaded<Product>, stock: Answer['beside']): StockedEntry | null => {
  const entry = catalogueEntry(product);
  return entry && { ...entry, stock: (stock ?? null) as StockNumbers | null };
};

export const SHOWN_PRODUCT = { aggregate: productAggregate, snapshot: catalogueEntry };
export const SHOWN_STOCKED_PRODUCT = { aggregate: productAggregate, snapshot: stockedEntry };
