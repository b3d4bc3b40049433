import { type Db, statement } from '../../database/index.ts';
import type { Changes } from '../projection.ts';

/** What events changed; `changesStock` when orders among them changed products that only the order's lines name. */
export interface Missed extends Changes {
  readonly changesStock: boolean;
}

interface MissedRow {
  readonly position: string;
  readonly aggregate_type: string;
  readonly aggregate_id: string;
}

const ROWS_AT_ONCE = 1_000;

const MISSED = statement<MissedRow>(`
  select position, aggregate_type, aggregate_id
  from audit.event_store
  where position > $1::bigint and position <= $2::bigint
  order by position
  limit ${ROWS_AT_ONCE}`);

const LAST_POSITION = statement<{ position: string }>(
  'select coalesce(max(position), 0) as position from audit.event_store',
);

export const lastPosition = async (db: Db): Promise<bigint> => {
  const rows = await LAST_POSITION(db);
  return BigInt(rows[0]?.position ?? 0);
};

const idsOf = (rows: readonly MissedRow[], aggregateType: string): readonly string[] => [
  ...new Set(rows.filter((row) => row.aggregate_type === aggregateType).map((row) => row.aggregate_id)),
];

/** What the events above `after`, up to `upTo`, changed; in bounded batches. */
export async function* missedAfter(db: Db, after: bigint, upTo: bigint): AsyncGenerator<Missed> {
  let cursor = String(after);
  for (;;) {
    const rows = await MISSED(db, [cursor, String(upTo)]);
    const orders = idsOf(rows, 'Order');
    yield { carts: idsOf(rows, 'Cart'), orders, products: idsOf(rows, 'Product'), changesStock: orders.length > 0 };
    if (rows.length < ROWS_AT_ONCE) return;
    cursor = rows.at(-1)?.position ?? cursor;
  }
}
