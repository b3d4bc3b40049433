import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../database/index.ts';
import { keysetOf, type Page, type PageRequest, pageOf } from '../keyset.ts';
import type { OrderView } from './order.ts';
import { orderStateOf } from './order-row.ts';
import { created, creationCursor, newerThan, olderThan } from './page.ts';
import { shown } from './queries.ts';

export interface StuckOrderPageRequest extends PageRequest {
  /** How long nothing has happened to the order, by the database's clock. */
  readonly olderThanSeconds: number;
}

const cursor = creationCursor('stuck:');

// As the index order_open says it: said otherwise, every order there ever was would be read.
const IS_OPEN = sql<boolean>`not is_complete`;

/** When the event store took in the latest step. Not when it occurred: another service's clock may be anywhere. */
const LAST_STEP_AT = sql`(
  select event.recorded_at from read.order_step as step join audit.event_store as event on event.position = step.event_position
  where step.order_id = "order".id and step.revision = "order".revision)`;

const isStuck = (olderThanSeconds: number): RawBuilder<boolean> => sql<boolean>`
  greatest(${LAST_STEP_AT}, payable_until) < now() - make_interval(secs => ${olderThanSeconds})`;

/**
 * Orders that are not complete and to which nothing happens, oldest first. One that only waits for its customer to pay is
 * none of them, until its reservation has been over for that long. @throws {InvalidCursor}
 */
export const stuckOrderPage = async (db: Db, request: StuckOrderPageRequest): Promise<Page<OrderView>> => {
  const keyset = keysetOf(request, cursor);
  const { forward, limit, after, before } = keyset;
  const stuck = created(db).where(IS_OPEN).where(isStuck(request.olderThanSeconds));
  const newer = after === null ? stuck : newerThan(stuck, after);
  const between = before === null ? newer : olderThan(newer, before);
  const direction = forward ? 'asc' : 'desc';
  const rows = await between.orderBy('created_at', direction).orderBy('id', direction).limit(limit).execute();
  return pageOf(keyset, shown(rows.map(orderStateOf)), ({ createdAt, id }) => cursor.encode(createdAt, id));
};
