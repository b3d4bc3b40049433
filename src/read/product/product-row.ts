import type { Selectable } from 'kysely';
import type { ProductTable } from '../../database/index.ts';
import type { DataOf } from '../../events/index.ts';
import type { ReadSchema } from '../projection.ts';
import { upsert } from '../upsert.ts';
import type { ProductState } from './product.ts';

type ProductRow = Selectable<ProductTable>;

const upsertedOf = ({ id: productId, name, price, currency }: ProductRow): DataOf<'ProductUpserted'> | null =>
  name === null || price === null || currency === null ? null : { productId, name, price, currency };

export const productStateOf = (row: ProductRow): ProductState => ({
  id: row.id,
  upserted: upsertedOf(row),
  upsertedVersion: row.upserted_version,
  stock: { available: row.available, reserved: row.reserved, sold: row.sold },
});

const MAX_INTEGER = 2_147_483_647;

// Adjustments of another service may add up to more than the column holds: that must not stop the projection.
const stored = (sum: number): number => Math.max(-MAX_INTEGER, Math.min(MAX_INTEGER, sum));

export const writeProductsTo = (schema: ReadSchema) =>
  upsert<ProductState>(`${schema}.product`, [
    ['id', 'text', ({ id }) => id],
    ['name', 'text', ({ upserted }) => upserted?.name ?? null],
    ['price', 'text', ({ upserted }) => upserted?.price ?? null],
    ['currency', 'text', ({ upserted }) => upserted?.currency ?? null],
    ['upserted_version', 'integer', ({ upsertedVersion }) => upsertedVersion],
    ['available', 'integer', ({ stock }) => stored(stock.available)],
    ['reserved', 'integer', ({ stock }) => stored(stock.reserved)],
    ['sold', 'integer', ({ stock }) => stored(stock.sold)],
  ]);
