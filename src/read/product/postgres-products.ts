import { statement, type Tx } from '../../database/index.ts';
import { EVENT_COLUMN_NAMES, type EventRow, recordedOf } from '../../events/index.ts';
import type { ReadSchema } from '../projection.ts';
import type { ProductRows } from '../read-store.ts';
import { selectByIds } from '../select-by-ids.ts';
import { upsert } from '../upsert.ts';
import type { Hold } from './hold.ts';
import type { Upserted } from './product.ts';
import { addStockTo, describeIn, productStateOf } from './product-row.ts';

// Lateral and fenced, so that each product is looked up by its index.
const AT_VERSION = statement<EventRow>(`
  select event.*
  from unnest($1::text[], $2::integer[]) as tied (id, version)
  cross join lateral (
    select ${EVENT_COLUMN_NAMES} from audit.event_store
    where aggregate_id = tied.id and version = tied.version and type = 'ProductUpserted' and position <= $3::bigint
    offset 0
  ) as event`);

const descriptionOf = (row: EventRow): Upserted => recordedOf(row) as Upserted;

interface HoldRow {
  readonly order_id: string;
  readonly facts: Hold;
}

const holdsIn = (schema: ReadSchema): Pick<ProductRows<Tx>, 'loadHolds' | 'writeHolds'> => {
  const select = statement<HoldRow>(`select order_id, facts from ${schema}.hold where order_id = any($1::text[])`);
  const write = upsert<HoldRow>(`${schema}.hold`, [
    ['order_id', 'text', ({ order_id }) => order_id],
    ['facts', 'json', ({ facts }) => JSON.stringify(facts)],
  ]);
  return {
    loadHolds: async (tx, orderIds) => {
      const rows = orderIds.length === 0 ? [] : await select(tx, [orderIds]);
      return new Map(rows.map(({ order_id, facts }) => [order_id, facts]));
    },
    writeHolds: (tx, holds) =>
      write(
        tx,
        [...holds].map(([order_id, facts]) => ({ order_id, facts })),
      ),
  };
};

export const postgresProducts = (schema: ReadSchema): ProductRows<Tx> => {
  const select = selectByIds(schema, 'product');
  return {
    ...holdsIn(schema),
    load: async (tx, ids) => (await select(tx, ids)).map(productStateOf),
    addStock: addStockTo(schema),
    describe: describeIn(schema),
    descriptionsAt: async (tx, products, upTo) => {
      const parameters = [products.map(({ id }) => id), products.map(({ version }) => version), String(upTo)];
      return (await AT_VERSION(tx, parameters)).map(descriptionOf);
    },
  };
};
