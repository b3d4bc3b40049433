import { type Allowed, MAX_LINES, type ProductId } from '../events/index.ts';
import { ok, type Result } from '../platform/index.ts';
import { BOUNDS } from './bounds.ts';
import { type Field, id, said, whole } from './field.ts';
import { type Misfit, misfit, type Path } from './misfit.ts';

interface GivenItem {
  readonly productId: string;
  readonly quantity: number;
}

/** Units of a product to be added. */
export interface Item {
  readonly productId: ProductId;
  readonly quantity: number;
}

const productId = id('Product');
const quantity = whole(BOUNDS.quantityToAdd);

const item = (raw: unknown, path: Path): Result<Item, Misfit> => {
  if (typeof raw !== 'object' || raw === null) return misfit(path, `: a product and a quantity, not ${said(raw)}.`);
  const given = raw as Partial<Readonly<Record<keyof Item, unknown>>>;
  const product = productId.read(given.productId, [...path, 'productId']);
  if (!product.ok) return product;
  const units = quantity.read(given.quantity, [...path, 'quantity']);
  return units.ok ? ok({ productId: product.value, quantity: units.value }) : units;
};

const ALLOWED: Allowed = { type: 'array', minItems: 1, maxItems: MAX_LINES };

/** From one to as many as a cart has lines. The first that does not fit is named by its place. */
export const items: Field<readonly GivenItem[], readonly Item[]> = {
  read: (raw, path) => {
    if (!Array.isArray(raw) || raw.length === 0 || raw.length > MAX_LINES)
      return misfit(path, ` is a list of 1 to ${MAX_LINES} products with their quantities.`, ALLOWED);
    const read: Item[] = [];
    for (const [index, each] of raw.entries()) {
      const one = item(each, [...path, String(index)]);
      if (!one.ok) return one;
      read.push(one.value);
    }
    return ok(read);
  },
};
