import { type Client, WatchStockDocument } from '../client.ts';
import type { Product } from './shelf.ts';

export type Numbers = Pick<Product, 'available' | 'reserved' | 'sold'>;

/** Numbers of each product as they came, from the first ones on. */
export interface StockWatch {
  /** Resolves once the first numbers of every product are there. */
  readonly started: Promise<void>;
  readonly seenOf: (productId: string) => readonly Numbers[];
}

/** Watches the stock of products for as long as the client is open. */
export const watchStock = (client: Client, ids: readonly string[]): StockWatch => {
  const seen = new Map<string, Numbers[]>(ids.map((id) => [id, []]));
  const { promise: started, resolve, reject } = Promise.withResolvers<void>();
  const follow = async (): Promise<void> => {
    for await (const { stock } of client.watch(WatchStockDocument, { ids })) {
      seen.get(stock.id)?.push(stock);
      if ([...seen.values()].every((numbers) => numbers.length > 0)) resolve();
    }
  };
  follow().catch(reject);
  return { started, seenOf: (productId) => seen.get(productId) ?? [] };
};
