import type { Db } from '../../database/index.ts';
import { idPart, instantPart, type OrderStatus, tokenOf } from '../../events/index.ts';
import { keysetOf, type Page, type PageRequest, pageOf } from '../keyset.ts';
import { readTables } from '../read-tables.ts';
import type { OrderView } from './order.ts';
import { orderStateOf } from './order-row.ts';
import { shown } from './queries.ts';

export interface OrderPageRequest extends PageRequest {
  /** Whose orders; null for everybody's. */
  readonly customerId: string | null;
  readonly status?: readonly OrderStatus[] | null | undefined;
}

type Key = readonly [createdAt: string, id: string];

/** Cursors of a list of orders by the time of creation, with a mark of its own. */
export const creationCursor = (mark: string) => tokenOf(mark, [instantPart, idPart]);
const cursor = creationCursor('orders:');

/** Those whose OrderCreated is known: the others are not shown. */
export const created = (db: Db) => readTables(db).selectFrom('order').selectAll().where('created_at', 'is not', null);
type Orders = ReturnType<typeof created>;

export const olderThan = (orders: Orders, [createdAt, id]: Key): Orders =>
  orders.where(({ eb, refTuple, tuple }) => eb(refTuple('created_at', 'id'), '<', tuple(new Date(createdAt), id)));

export const newerThan = (orders: Orders, [createdAt, id]: Key): Orders =>
  orders.where(({ eb, refTuple, tuple }) => eb(refTuple('created_at', 'id'), '>', tuple(new Date(createdAt), id)));

const ofCustomer = (orders: Orders, customerId: string | null): Orders =>
  customerId === null ? orders : orders.where('customer_id', '=', customerId);

const withStatus = (orders: Orders, status: readonly OrderStatus[] | null): Orders =>
  status === null ? orders : orders.where(({ eb, fn, val }) => eb('status', '=', fn.any(val([...status]))));

/** Orders by the time of their creation, newest first. @throws {InvalidCursor} */
export const orderPage = async (db: Db, request: OrderPageRequest): Promise<Page<OrderView>> => {
  const keyset = keysetOf(request, cursor);
  const { forward, limit, after, before } = keyset;
  const wanted = withStatus(ofCustomer(created(db), request.customerId), request.status ?? null);
  const older = after === null ? wanted : olderThan(wanted, after);
  const between = before === null ? older : newerThan(older, before);
  const direction = forward ? 'desc' : 'asc';
  const rows = await between.orderBy('created_at', direction).orderBy('id', direction).limit(limit).execute();
  return pageOf(keyset, shown(rows.map(orderStateOf)), ({ createdAt, id }) => cursor.encode(createdAt, id));
};
