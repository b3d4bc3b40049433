import type { ProductId } from '../../events/index.ts';

/** The units of a product. */
export type StockNumbers = { readonly available: number; readonly reserved: number; readonly sold: number };

/** Asks the inventory, which is elsewhere; null for a product that it never heard of. */
export type StockOf = (productId: ProductId) => Promise<StockNumbers | null>;
