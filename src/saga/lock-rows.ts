import { CompiledQuery } from 'kysely';
import type { AdjustmentTable, StockTable, Tx } from '../database/index.ts';
import type { Recorded } from '../events/index.ts';
import type { OrderEventHeard } from './decide.ts';
import type { Heard } from './hear.ts';
import type { LockedRows, ReservationState } from './ledger.ts';
import { linesOf, NO_RESERVATION } from './reservation.ts';
import { type ReservationRow, reservationStateOf } from './reservation-row.ts';
import type { StockLevel } from './stock.ts';

const LOCK_RESERVATIONS = `
  select order_id, state, lines, paid, compensated, version from saga.reservation
  where order_id = any ($1::text[]) order by order_id for update`;

const LOCK_STOCK = `
  select product_id, available, reserved, sold from saga.stock
  where product_id = any ($1::text[]) order by product_id for update`;

const CREATE_STOCK = `
  insert into saga.stock (product_id) select product_id from unnest($1::text[]) as product (product_id) order by 1
  on conflict (product_id) do nothing`;

const LOAD_ADJUSTMENTS = `
  select event_id, product_id, delta, applied from saga.adjustment
  where event_id = any ($1::text[]) or (product_id = any ($2::text[]) and not applied)
  order by event_id`;

/**
 * The rows that a batch may change, locked: reservations by order id, then stock by product id, in every transaction
 * alike. A constant number of statements.
 */
export const lockRows = async (tx: Tx, batch: readonly Recorded<Heard>[]): Promise<LockedRows> => {
  const orders = batch.filter(isOfOrder);
  const products = batch.filter(isOfProduct);
  const reservations = await lockReservations(tx, orders);
  const productIds = [...productsMoved(orders, reservations), ...products.map(productIdOf)];
  const stock = await lockStock(tx, productIds, products.map(productIdOf));
  const adjustments = await loadAdjustments(tx, { eventIds: products.map(eventIdOf), productIds: [...stock.keys()] });
  return { reservations, stock, adjustments };
};

/** The rows that a change of one product's stock from inside may touch, locked; the product's row is made. */
export const lockProduct = async (tx: Tx, productId: string): Promise<LockedRows> => {
  const stock = await lockStock(tx, [productId], [productId]);
  const adjustments = await loadAdjustments(tx, { eventIds: [], productIds: [productId] });
  return { reservations: new Map(), stock, adjustments };
};

type ProductEventHeard = Exclude<Heard, OrderEventHeard>;

const isOfProduct = (recorded: Recorded<Heard>): recorded is Recorded<ProductEventHeard> =>
  recorded.event.type === 'ProductUpserted' || recorded.event.type === 'StockAdjusted';

const isOfOrder = (recorded: Recorded<Heard>): recorded is Recorded<OrderEventHeard> => !isOfProduct(recorded);

const productIdOf = ({ event }: Recorded<ProductEventHeard>): string => event.data.productId;
const eventIdOf = ({ envelope }: Recorded): string => envelope.eventId;

const lockReservations = async (
  tx: Tx,
  orders: readonly Recorded<OrderEventHeard>[],
): Promise<Map<string, ReservationState>> => {
  if (orders.length === 0) return new Map();
  const orderIds = unique(orders.map(({ event }) => event.data.orderId));
  const rows = await select<ReservationRow>(tx, LOCK_RESERVATIONS, [orderIds]);
  return new Map(rows.map((row) => [row.order_id, reservationStateOf(row)]));
};

/** The products whose stock the orders' events may move: those an order wants, or those it has. */
const productsMoved = (
  orders: readonly Recorded<OrderEventHeard>[],
  reservations: ReadonlyMap<string, ReservationState>,
): readonly string[] =>
  orders.flatMap(({ event }) => {
    const { reservation } = reservations.get(event.data.orderId) ?? { reservation: NO_RESERVATION };
    const wanted = reservation.status === 'None' && event.type === 'OrderCreated' ? event.data.lines : [];
    return [...wanted, ...linesOf(reservation)].map(({ productId }) => productId);
  });

const lockStock = async (
  tx: Tx,
  productIds: readonly string[],
  toCreate: readonly string[],
): Promise<Map<string, StockLevel>> => {
  const known = await selectStock(tx, productIds);
  const missing = unique(toCreate).filter((productId) => !known.has(productId));
  if (missing.length === 0) return known;
  await tx.executeQuery(CompiledQuery.raw(CREATE_STOCK, [missing]));
  return new Map([...known, ...(await selectStock(tx, missing))]);
};

const selectStock = async (tx: Tx, productIds: readonly string[]): Promise<Map<string, StockLevel>> => {
  if (productIds.length === 0) return new Map();
  const rows = await select<StockTable>(tx, LOCK_STOCK, [unique(productIds)]);
  return new Map(rows.map((row) => [row.product_id, levelOfRow(row)]));
};

/** A row of `saga.stock` as a value. */
export const levelOfRow = ({ product_id, ...places }: StockTable): StockLevel => ({ productId: product_id, ...places });

// Only under the stock's locks: read before, an adjustment that another transaction is applying would be applied again.
const loadAdjustments = async (
  tx: Tx,
  { eventIds, productIds }: { readonly eventIds: readonly string[]; readonly productIds: readonly string[] },
): Promise<LockedRows['adjustments']> => {
  if (productIds.length === 0) return new Map();
  const rows = await select<AdjustmentTable>(tx, LOAD_ADJUSTMENTS, [eventIds, productIds]);
  return new Map(
    rows.map(({ event_id: eventId, product_id: productId, delta, applied: isApplied }) => [
      eventId,
      { eventId, productId, delta, isApplied },
    ]),
  );
};

const select = async <R>(tx: Tx, statement: string, parameters: unknown[]): Promise<readonly R[]> => {
  const { rows } = await tx.executeQuery(CompiledQuery.raw(statement, parameters));
  return rows as R[];
};

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];
