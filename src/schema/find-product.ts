import { isId } from '../events/index.ts';
import type { ProductStock, ProductView } from '../read/index.ts';
import type { CatalogueEntry } from '../write/index.ts';
import { awaitOwn } from './await-own.ts';
import type { GatewayContext } from './context.ts';

type Numbers = Omit<ProductStock, 'id'>;

/** A product from its description and its numbers. Nothing is in stock before the first adjustment. */
export const composeProduct = (entry: CatalogueEntry, numbers: Numbers | null | undefined): ProductView => ({
  id: entry.id,
  name: entry.name,
  price: entry.price,
  currency: entry.currency,
  available: numbers?.available ?? 0,
  reserved: numbers?.reserved ?? 0,
  sold: numbers?.sold ?? 0,
});

/**
 * The product as the read side has it or, while it is too new for that, described by the catalogue; null when unknown. Its
 * numbers are the read side's own also then: those of the inventory are ahead of it, and would be taken back a moment later.
 */
export const findProduct = async (context: GatewayContext, id: string): Promise<ProductView | null> => {
  if (!isId('Product', id)) return null;
  const own = awaitOwn(context, id);
  if (own !== null) await own;
  const view = await context.batches.products.load(id);
  if (view !== null) return view;
  const entry = await context.write.product(id);
  const [numbers] = entry === null ? [] : await context.read.stock([id]);
  return entry && composeProduct(entry, numbers);
};
