import type { ProductId } from '../../events/index.ts';

/** The units of a product. */
export type StockNumbers = { readonly available: number; readonly reserved: number; readonly sold: number };

/** Asks the inventory, which is elsewhere; null for a product that it does not know. */
export type StockOf = (productId: ProductId) => Promise<StockNumbers | null>;
