import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../database/index.ts';
import { idPart, instantPart, tokenOf } from '../../events/index.ts';
import { recordedAt } from '../../projection/index.ts';
import { listing, mapped, type Page, type PageRequest } from '../keyset.ts';
import { type OrderView, viewOf } from './order.ts';
import { ORDER, type OrderRow, stateOf } from './row.ts';
import { type OrderPageRequest, searchPage } from './search.ts';

export interface StuckOrderPageRequest extends PageRequest {
  /** How long nothing has happened to the order, by the database's clock. */
  readonly olderThanSeconds: number;
}

/** Orders whose OrderCreated is known, by the time of it: the others are not shown. */
const oldestFirst = listing(ORDER, {
  cursor: tokenOf('stuck:', [instantPart, idPart]),
  by: ['createdAt', 'id'],
  order: 'asc',
  keyOf: ({ createdAt, id }: OrderRow) => [createdAt ?? '', id] as const,
});

const IS_CREATED = sql`created_at is not null`;

const shown = (row: OrderRow): OrderView | null => viewOf(stateOf(row));

/** Orders by the time of their creation, newest first. @throws {InvalidCursor} */
export const orderPage = async (db: Db, request: OrderPageRequest): Promise<Page<OrderView>> =>
  mapped(await searchPage(db, request), shown);

// As the index order_open says it: said otherwise, every order there ever was would be read.
const IS_OPEN = sql`not is_complete`;

const LAST_STEP_AT = sql`(
  select ${sql.raw(recordedAt('step.event_position'))} from read.order_step as step
  where step.order_id = "order".id and step.revision = "order".revision)`;

const isStuck = (olderThanSeconds: number): RawBuilder<unknown> => sql`
  greatest(${LAST_STEP_AT}, payable_until) < now() - make_interval(secs => ${olderThanSeconds})`;

/**
 * Orders that are not complete and to which nothing happens, oldest first. One that only waits for its customer to pay is
 * none of them, until its reservation has been over for that long. @throws {InvalidCursor}
 */
export const stuckOrderPage = async (db: Db, request: StuckOrderPageRequest): Promise<Page<OrderView>> =>
  mapped(await oldestFirst(db, request, [IS_CREATED, IS_OPEN, isStuck(request.olderThanSeconds)]), shown);

/** Of so many open orders, the oldest, those that are stuck are counted: an order that is stuck becomes one of them. */
const LOOKED_AT = 5_000;

/** How many of the oldest open orders {@link stuckOrderPage} would show. Reads a bounded number of rows. */
export const stuckOrderCount = async (db: Db, olderThanSeconds: number): Promise<number> => {
  const { rows } = await sql<{ readonly stuck: number }>`
    select count(*)::integer as stuck from (
      select * from read."order" where ${IS_CREATED} and ${IS_OPEN}
      order by created_at, id collate "C" limit ${sql.lit(LOOKED_AT)}
    ) as "order" where ${isStuck(olderThanSeconds)}`.execute(db);
  return rows[0]?.stuck ?? 0;
};
