import { sql } from 'kysely';
import type { Db } from '../../database/index.ts';
import { idPart, instantPart, tokenOf } from '../../events/index.ts';
import { rowReader, selectionOf } from '../../projection/index.ts';
import { type Keyset, keysetOf, type Page, type PageRequest, pageOf } from '../keyset.ts';
import { ORDER, type OrderRow } from './row.ts';
import { type Condition, type OrderFilter, type OrderRequest, type Source, sourcesOf } from './sources.ts';

export interface OrderPageRequest extends PageRequest, OrderRequest {}

const CURSOR = tokenOf('orders:', [instantPart, idPart]);
const cursorOf = ({ createdAt, id }: OrderRow): string => CURSOR.encode(createdAt ?? '', id);
const rowOf = rowReader<OrderRow>(ORDER);

const spanOf = ({ since = null, until = null }: OrderFilter): readonly Condition[] => [
  ...(since === null ? [] : [sql`listed.created_at >= ${since}`]),
  ...(until === null ? [] : [sql`listed.created_at < ${until}`]),
];

type Key = readonly [createdAt: string, id: string];

const betweenKeys = ({ after, before }: Keyset<Key>, { id }: Source): readonly Condition[] => {
  const beyond = (comparison: '<' | '>', [createdAt, orderId]: Key): Condition =>
    sql`(listed.created_at, ${id} collate "C") ${sql.raw(comparison)} (${createdAt}, ${orderId})`;
  return [...(after === null ? [] : [beyond('<', after)]), ...(before === null ? [] : [beyond('>', before)])];
};

/** Orders that fit, newest first. @throws {InvalidCursor} */
export const searchPage = async (db: Db, request: OrderPageRequest): Promise<Page<OrderRow>> => {
  const keyset = keysetOf<Key>(request, CURSOR);
  const direction = sql.raw(keyset.forward ? 'desc' : 'asc');
  const span = spanOf(request.filter ?? {});
  const lists = sourcesOf(request).map((source) => {
    const where = [...source.conditions, ...span, ...betweenKeys(keyset, source)];
    return sql`(select ${source.id} as id, listed.created_at from ${source.from}
      where ${sql.join(where, sql` and `)}
      order by listed.created_at ${direction}, ${source.id} collate "C" ${direction} limit ${keyset.limit})`;
  });
  if (lists.length === 0) return pageOf(keyset, [], cursorOf);
  const { rows } = await sql<Readonly<Record<string, unknown>>>`
    select shown.* from (
      select * from (${sql.join(lists, sql` union all `)}) as every
      order by created_at ${direction}, id collate "C" ${direction} limit ${keyset.limit}
    ) as page
    cross join lateral (
      select ${sql.raw(selectionOf(ORDER))} from read."order" as kept where kept.id = page.id offset 0
    ) as shown
    order by page.created_at ${direction}, page.id collate "C" ${direction}`.execute(db);
  return pageOf(keyset, rows.map(rowOf), cursorOf);
};
