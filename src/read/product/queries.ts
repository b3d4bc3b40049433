import type { Db } from '../../database/index.ts';
import { idPart, tokenOf } from '../../events/index.ts';
import { keysetOf, type Page, type PageRequest, pageOf } from '../keyset.ts';
import { readTables } from '../read-tables.ts';
import { selectByIds } from '../select-by-ids.ts';
import { type ProductState, type ProductStock, type ProductView, stockOf, viewOf } from './product.ts';
import { productStateOf } from './product-row.ts';

const select = selectByIds('read', 'product');
const cursor = tokenOf('products:', [idPart]);

const shown = (products: readonly ProductState[]): readonly ProductView[] =>
  products.map(viewOf).filter((product) => product !== null);

export const productsByIds = async (db: Db, ids: readonly string[]): Promise<readonly ProductView[]> =>
  shown((await select(db, ids)).map(productStateOf));

export const stockByIds = async (db: Db, ids: readonly string[]): Promise<readonly ProductStock[]> =>
  (await select(db, ids)).map(productStateOf).map(stockOf);

/** Products by id. @throws {InvalidCursor} */
export const productPage = async (db: Db, request: PageRequest): Promise<Page<ProductView>> => {
  const keyset = keysetOf(request, cursor);
  const { forward, limit, after, before } = keyset;
  const rows = await readTables(db)
    .selectFrom('product')
    .selectAll()
    .where('name', 'is not', null)
    .$if(after !== null, (all) => all.where('id', '>', after?.[0] ?? ''))
    .$if(before !== null, (all) => all.where('id', '<', before?.[0] ?? ''))
    .orderBy('id', forward ? 'asc' : 'desc')
    .limit(limit)
    .execute();
  return pageOf(keyset, shown(rows.map(productStateOf)), ({ id }) => cursor.encode(id));
};
