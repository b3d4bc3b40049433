import type { Recorded } from '../events/index.ts';
import type { OrderEventHeard } from './decide.ts';
import type { Heard } from './hear.ts';
import type { LockedRows, ReservationState } from './ledger.ts';
import type { LedgerTransaction } from './ledger-store.ts';
import { linesOf, NO_RESERVATION } from './reservation.ts';
import type { StockLevel } from './stock.ts';

/**
 * The rows that a batch may change, locked: reservations by order id, then stock by product id, in every transaction
 * alike; and the time, asked under the locks. A constant number of statements.
 */
export const lockRows = async (
  tx: LedgerTransaction,
  batch: readonly Recorded<Heard>[],
): Promise<{ readonly locked: LockedRows; readonly now: Date }> => {
  const orders = batch.filter(isOfOrder);
  const products = batch.filter(isOfProduct);
  const reservations = await lockReservations(tx, orders);
  const productIds = [...productsMoved(orders, reservations), ...products.map(productIdOf)];
  const stock = await lockStock(tx, productIds, products.map(productIdOf));
  const wanted = { eventIds: products.map(eventIdOf), productIds: [...stock.keys()] };
  const [adjustments, now] = await Promise.all([loadAdjustments(tx, wanted), tx.time()]);
  return { locked: { reservations, stock, adjustments }, now };
};

/** The rows that a change of one product's stock from inside may touch, locked; the product's row is made. */
export const lockProduct = async (tx: LedgerTransaction, productId: string): Promise<LockedRows> => {
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
  tx: LedgerTransaction,
  orders: readonly Recorded<OrderEventHeard>[],
): Promise<Map<string, ReservationState>> => {
  if (orders.length === 0) return new Map();
  return tx.lockReservations(unique(orders.map(({ event }) => event.data.orderId)));
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
  tx: LedgerTransaction,
  productIds: readonly string[],
  toCreate: readonly string[],
): Promise<Map<string, StockLevel>> => {
  const known = await lockKnown(tx, productIds);
  const missing = unique(toCreate).filter((productId) => !known.has(productId));
  if (missing.length === 0) return known;
  await tx.createStock(missing);
  return new Map([...known, ...(await lockKnown(tx, missing))]);
};

const lockKnown = async (tx: LedgerTransaction, productIds: readonly string[]): Promise<Map<string, StockLevel>> =>
  productIds.length === 0 ? new Map() : tx.lockStock(unique(productIds));

// Only under the stock's locks: read before, an adjustment that another transaction is applying would be applied again.
const loadAdjustments = async (
  tx: LedgerTransaction,
  { eventIds, productIds }: { readonly eventIds: readonly string[]; readonly productIds: readonly string[] },
): Promise<LockedRows['adjustments']> => {
  return productIds.length === 0 ? new Map() : tx.loadAdjustments({ eventIds, productIds });
};

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];
