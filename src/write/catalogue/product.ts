import {
  type Currency,
  type Decimal,
  isCurrency,
  isId,
  MAX_PRICE_MINOR,
  type Recorded,
  type Rejection,
  toDecimal,
  toMinor,
} from '../../events/index.ts';
import { err, ok, type Result } from '../../platform/index.ts';
import { type Aggregate, type Decision, NOTHING } from '../aggregate.ts';

/** What the catalogue says of a product; null before it is in the catalogue. */
export type Product = { readonly name: string; readonly price: Decimal; readonly currency: Currency } | null;

export const productAggregate: Aggregate<Product> = {
  initialState: null,
  evolve: (product, { event }: Recorded) => {
    if (event.type !== 'ProductUpserted') return product;
    const { name, price, currency } = event.data;
    return { name, price, currency };
  },
};

export interface UpsertProduct {
  readonly id: string;
  readonly name: string;
  readonly price: Decimal;
  readonly currency: Currency;
}

const MAX_NAME_LENGTH = 200;

/** Saying again what the catalogue says decides nothing. */
export const upsertProduct = (product: Product, command: UpsertProduct): Result<Decision, Rejection> => {
  const { id, currency } = command;
  const name = command.name.trim();
  if (!isId('Product', id))
    return err(invalid('A product id begins with prod_ and has letters, digits, _ . : - only.'));
  if (name.length === 0 || name.length > MAX_NAME_LENGTH || name.includes('\0')) {
    return err(invalid(`A product's name has 1 to ${MAX_NAME_LENGTH} characters.`));
  }
  if (!isCurrency(currency)) return err(invalid(`${currency} is not a currency of ISO 4217.`));
  const priceMinor = toMinor(command.price, currency);
  if (priceMinor === null || priceMinor < 0 || priceMinor > MAX_PRICE_MINOR) {
    const limit = toDecimal(MAX_PRICE_MINOR, currency);
    return err(invalid(`A price is a decimal number from 0 to ${limit}, in whole minor units of ${currency}.`));
  }
  const price = toDecimal(priceMinor, currency);
  if (product?.name === name && product.price === price && product.currency === currency) return ok(NOTHING);
  return ok({ events: [{ type: 'ProductUpserted', data: { productId: id, name, price, currency } }] });
};

const invalid = (message: string): Rejection => ({ code: 'INVALID_INPUT', message });
