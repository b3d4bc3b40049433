import { isId } from '../events/index.ts';
import type { ProductView } from '../read/index.ts';
import type { StockLevel } from '../saga/index.ts';
import type { CatalogueEntry } from '../write/index.ts';
import type { GatewayContext } from './context.ts';

/** A product from the two that own its parts: the catalogue and the inventory. Nothing is in stock before the first adjustment. */
export const composeProduct = (entry: CatalogueEntry, level: StockLevel | null): ProductView => ({
  id: entry.id,
  name: entry.name,
  price: entry.price,
  currency: entry.currency,
  available: level?.available ?? 0,
  reserved: level?.reserved ?? 0,
  sold: level?.sold ?? 0,
});

/** The product as the read side has it or, while it is too new for that, as its owners have it; null when unknown. */
export const findProduct = async (context: GatewayContext, id: string): Promise<ProductView | null> => {
  if (!isId('Product', id)) return null;
  const view = await context.batches.products.load(id);
  if (view !== null) return view;
  const entry = await context.write.product(id);
  return entry && composeProduct(entry, await context.saga.stockLevel(id));
};
