import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../database/index.ts';
import { idPart, type Token, tokenOf } from '../../events/index.ts';
import { LIVE, postgresRows } from '../../projection/index.ts';
import { listing, mapped, type Page, type PageRequest } from '../keyset.ts';
import { rarestFirst, wordsOf } from '../words.ts';
import { PRODUCT } from './model.ts';
import { naturalIdOf } from './natural-id.ts';
import { type ProductStock, type ProductView, stockOf, viewOf } from './product.ts';
import { PRODUCT_TERM } from './terms.ts';

/** Which products; what is left out, or null, fits all. */
export interface ProductFilter {
  /** Each of its words begins a word of the name. */
  readonly name?: string | null | undefined;
  /** There are some to sell, or none. */
  readonly available?: boolean | null | undefined;
}

export interface ProductPageRequest extends PageRequest {
  readonly filter?: ProductFilter | null | undefined;
}

const { load } = postgresRows(LIVE, PRODUCT);

type Key = readonly [naturalId: string, id: string];

const ID = tokenOf('products:', [idPart]);

/** A cursor has the id alone: the rest of the key is made of it. */
const CURSOR: Token<Key> = {
  encode: (_naturalId, id) => ID.encode(id),
  decode: (cursor) => {
    const [id] = ID.decode(cursor) ?? [];
    return id === undefined ? null : [naturalIdOf(id), id];
  },
};

const all = listing(PRODUCT, {
  cursor: CURSOR,
  by: ['naturalId', 'id'],
  order: 'asc',
  keyOf: ({ naturalId, id }) => [naturalId, id] as const,
});

const named = listing(PRODUCT_TERM, {
  cursor: CURSOR,
  by: ['naturalId', 'productId'],
  order: 'asc',
  keyOf: ({ naturalId, productId }) => [naturalId, productId] as const,
});

// Said as the indexes product_in_stock and product_sold_out have it.
const availability = ({ available = null }: ProductFilter): readonly RawBuilder<unknown>[] =>
  available === null ? [] : [available ? sql`is_available` : sql`not is_available`];

// Fenced, so that each is looked up for each row of the list that leads.
const alsoBegins = (word: string): RawBuilder<unknown> =>
  sql`exists (select from read.product_term as other
    where other.product_id = product_term.product_id and other.term = ${word} offset 0)`;

const ofProduct = (conditions: readonly RawBuilder<unknown>[]): readonly RawBuilder<unknown>[] =>
  conditions.map(
    (condition) => sql`exists (select from read.product where id = product_term.product_id and ${condition} offset 0)`,
  );

const namedPage = async (db: Db, request: ProductPageRequest, filter: ProductFilter): Promise<Page<ProductView>> => {
  const [leading, ...others] = rarestFirst(wordsOf(filter.name ?? ''));
  const conditions = [sql`term = ${leading}`, ...others.map(alsoBegins), ...ofProduct(availability(filter))];
  const page = await named(db, request, conditions);
  const found = await load(
    db,
    page.edges.map(({ node }) => node.productId),
  );
  const byId = new Map(found.map((product) => [product.id, viewOf(product)]));
  return mapped(page, ({ productId }) => byId.get(productId) ?? null);
};

export const productQueries = {
  products: async (db: Db, ids: readonly string[]): Promise<readonly ProductView[]> =>
    (await load(db, ids)).map(viewOf).filter((product) => product !== null),

  /** The numbers of products, also of those that nothing but their stock is known of. */
  stock: async (db: Db, ids: readonly string[]): Promise<readonly ProductStock[]> => (await load(db, ids)).map(stockOf),

  /** In the natural order of their ids. @throws {InvalidCursor} */
  productPage: async (db: Db, request: ProductPageRequest): Promise<Page<ProductView>> => {
    const filter = request.filter ?? {};
    if (filter.name != null) return namedPage(db, request, filter);
    return mapped(await all(db, request, [sql`name is not null`, ...availability(filter)]), viewOf);
  },
};
