import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../database/index.ts';
import { countPart, type Envelope, type EventRow, envelopeOf, idPart, tokenOf } from '../../events/index.ts';
import { eventAt } from '../../projection/index.ts';
import { byCodePoints } from '../by-code-points.ts';
import { keysetOf, type Page, type PageRequest, pageOf } from '../keyset.ts';

/** An event that was said of an order and is not believed, or not as it stands. */
export interface ContradictionView {
  readonly orderId: string;
  /** Its place among those of its order: 1, 2, 3 … by the time that they give. */
  readonly nth: number;
  readonly envelope: Envelope;
  /** Why: a sentence. */
  readonly reason: string;
  /** How many more the order has that are not listed. */
  readonly more: number;
}

interface Row extends EventRow {
  readonly order_id: string;
  readonly nth: string;
  readonly reason: string;
  readonly more: number;
}

const cursor = tokenOf('contradictions:', [countPart, idPart]);
type Key = readonly [nth: number, orderId: string];

const ID = byCodePoints('id');
const LISTED_ID = byCodePoints('listed.id');

const viewOf = (row: Row): ContradictionView => ({
  orderId: row.order_id,
  nth: Number(row.nth),
  envelope: envelopeOf(row),
  reason: row.reason,
  more: row.more,
});

/** On which side of a place; everywhere without one. Of an order itself some may lie on either side. */
const beside = (key: Key | null, comparison: '<' | '>') => {
  const [nth, id] = key ?? [0, ''];
  const sign = sql.raw(comparison);
  if (key === null) return { order: sql`true`, each: sql`true` };
  return { order: sql`${ID} ${sign}= ${id}`, each: sql`(${LISTED_ID}, item.nth) ${sign} (${id}, ${nth})` };
};

interface Stretch {
  readonly between: readonly ReturnType<typeof beside>[];
  readonly limit: number;
  readonly direction: RawBuilder<unknown>;
}

const every = (conditions: readonly RawBuilder<unknown>[]) => sql.join([...conditions], sql` and `);

// An order that is listed has one at least: so many orders have so many of them, one more for where the page begins.
// Lateral and limited, so that each event is looked up by its id.
const select = ({ between, limit, direction }: Stretch) => sql<Row>`
  select listed.id as order_id, item.nth, item.value->>'reason' as reason,
    (listed.contradictions->>'more')::integer as more, event.*
  from (
    select id, contradictions from read."order"
    where contradictions is not null and ${every(between.map(({ order }) => order))}
    order by ${ID} ${direction} limit ${limit + 1}
  ) as listed
  cross join json_array_elements(listed.contradictions->'listed') with ordinality as item (value, nth)
  cross join lateral ${sql.raw(eventAt({ eventId: "item.value->>'eventId'" }))} as event
  where ${every(between.map(({ each }) => each))}
  order by ${LISTED_ID} ${direction}, item.nth ${direction} limit ${limit}`;

/** By order, then by the time that they give. @throws {InvalidCursor} */
export const contradictionPage = async (db: Db, request: PageRequest): Promise<Page<ContradictionView>> => {
  const keyset = keysetOf(request, cursor);
  const { forward, limit, after, before } = keyset;
  const between = [beside(after, '>'), beside(before, '<')];
  const { rows } = await select({ between, limit, direction: sql.raw(forward ? 'asc' : 'desc') }).execute(db);
  return pageOf(keyset, rows.map(viewOf), ({ orderId, nth }) => cursor.encode(nth, orderId));
};
