import { sql } from 'kysely';
import type { Db } from '../../database/index.ts';
import { idPart, tokenOf } from '../../events/index.ts';
import { LIVE, postgresRows } from '../../projection/index.ts';
import { listing, mapped, type Page, type PageRequest } from '../keyset.ts';
import { PRODUCT } from './model.ts';
import { type ProductStock, type ProductView, stockOf, viewOf } from './product.ts';

const { load } = postgresRows(LIVE, PRODUCT);

const list = listing(PRODUCT, {
  cursor: tokenOf('products:', [idPart]),
  by: ['id'],
  order: 'asc',
  keyOf: ({ id }) => [id] as const,
});

export const productQueries = {
  products: async (db: Db, ids: readonly string[]): Promise<readonly ProductView[]> =>
    (await load(db, ids)).map(viewOf).filter((product) => product !== null),

  /** The numbers of products, also of those that nothing but their stock is known of. */
  stock: async (db: Db, ids: readonly string[]): Promise<readonly ProductStock[]> => (await load(db, ids)).map(stockOf),

  /** By id. @throws {InvalidCursor} */
  productPage: async (db: Db, request: PageRequest): Promise<Page<ProductView>> =>
    mapped(await list(db, request, [sql`name is not null`]), viewOf),
};
