import type { Selectable } from 'kysely';
import { type ProductTable, statement, type Tx } from '../../database/index.ts';
import type { DataOf } from '../../events/index.ts';
import type { ReadSchema } from '../projection.ts';
import type { ProductRows } from '../read-store.ts';
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

const NUMBERS = ['available', 'reserved', 'sold'] as const;
const MAX_INTEGER = 2_147_483_647;

// Adjustments of another service may add up to more than the column holds: that must not stop the projection.
const bounded = (sum: string): string => `greatest(-${MAX_INTEGER}, least(${MAX_INTEGER}, ${sum}))::integer`;

export const addStockTo = (schema: ReadSchema): ProductRows<Tx>['addStock'] => {
  const add = statement(`
    insert into ${schema}.product as product (id, upserted_version, ${NUMBERS.join(', ')})
    select id, 0, ${NUMBERS.map(bounded).join(', ')}
    from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[]) as delta (id, ${NUMBERS.join(', ')})
    on conflict (id) do update set
      ${NUMBERS.map((name) => `${name} = ${bounded(`product.${name}::bigint + excluded.${name}`)}`).join(', ')}`);
  return async (tx, deltas) => {
    if (deltas.size === 0) return;
    const all = [...deltas.values()];
    await add(tx, [[...deltas.keys()], ...NUMBERS.map((name) => all.map((delta) => delta[name]))]);
  };
};

export const describeIn = (schema: ReadSchema): ProductRows<Tx>['describe'] => {
  const describe = statement(`
    update ${schema}.product set
      name = described.name, price = described.price, currency = described.currency,
      upserted_version = described.version
    from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[])
      as described (id, name, price, currency, version)
    where product.id = described.id`);
  return async (tx, descriptions) => {
    if (descriptions.length === 0) return;
    const data = descriptions.map(({ event }) => event.data);
    await describe(tx, [
      data.map(({ productId }) => productId),
      data.map(({ name }) => name),
      data.map(({ price }) => price),
      data.map(({ currency }) => currency),
      descriptions.map(({ envelope }) => envelope.version ?? 0),
    ]);
  };
};
