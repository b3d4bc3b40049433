import type { Recorded } from '../events/index.ts';
import type { Received } from './apply.ts';
import type { OwnersWord, StockKeeper } from './decide.ts';
import type { LockedRows, ReservationState } from './ledger.ts';
import type { LedgerTransaction } from './ledger-store.ts';
import { isRemote, NO_RESERVATION } from './reservation.ts';
import type { StockLevel } from './stock.ts';

/**
 * The rows that a batch may change, locked: reservations by order id, then stock by product id, in every transaction
 * alike; and the time, asked under the locks. A constant number of statements.
 */
export const lockRows = async (
  tx: LedgerTransaction,
  batch: readonly Recorded<Received>[],
  keeper: StockKeeper,
): Promise<{ readonly locked: LockedRows; readonly now: Date }> => {
  const orders = batch.filter(isOfOrder);
  const products = batch.filter(isOfProduct);
  const reservations = await lockReservations(tx, orders);
  const productIds = unique([...productsMoved(orders, reservations, keeper), ...products.map(productIdOf)]);
  const wanted = { productIds, eventIds: products.map(eventIdOf) };
  const { now, ...locked } = await lockProducts(tx, wanted, unique(products.map(productIdOf)));
  return { locked: { reservations, ...locked }, now };
};

/** The rows that a change of one product's stock from inside may touch, locked; the product's row is made. */
export const lockProduct = async (tx: LedgerTransaction, productId: string): Promise<LockedRows> => {
  const { stock, adjustments } = await lockProducts(tx, { eventIds: [], productIds: [productId] }, [productId]);
  return { reservations: new Map(), stock, adjustments };
};

type ReceivedOfProduct = Exclude<Received, OwnersWord>;

const isOfProduct = (recorded: Recorded<Received>): recorded is Recorded<ReceivedOfProduct> =>
  recorded.event.type === 'ProductUpserted' || recorded.event.type === 'StockAdjusted';

const isOfOrder = (recorded: Recorded<Received>): recorded is Recorded<OwnersWord> => !isOfProduct(recorded);

const productIdOf = ({ event }: Recorded<ReceivedOfProduct>): string => event.data.productId;
const eventIdOf = ({ envelope }: Recorded): string => envelope.eventId;

const lockReservations = async (
  tx: LedgerTransaction,
  orders: readonly Recorded<OwnersWord>[],
): Promise<Map<string, ReservationState>> => {
  if (orders.length === 0) return new Map();
  return tx.lockReservations(unique(orders.map(({ event }) => event.data.orderId)));
};

/** The products whose stock the orders' events may move: those an order wants, or those it has. */
const productsMoved = (
  orders: readonly Recorded<OwnersWord>[],
  reservations: ReadonlyMap<string, ReservationState>,
  keeper: StockKeeper,
): readonly string[] =>
  orders.flatMap(({ event }) => {
    const { reservation } = reservations.get(event.data.orderId) ?? { reservation: NO_RESERVATION };
    if (isRemote(reservation)) return [];
    const isWanting = keeper === 'Ledger' && reservation.stock === 'Undecided';
    const wanted = isWanting && event.type === 'OrderCreated' ? event.data.lines : [];
    return [...wanted, ...reservation.lines].map(({ productId }) => productId);
  });

interface Wanted {
  readonly eventIds: readonly string[];
  readonly productIds: readonly string[];
}

interface LockedProducts extends Pick<LockedRows, 'stock' | 'adjustments'> {
  readonly now: Date;
}

/** Locks what is known of the products; those to be made known are made, and locked with the others. */
const lockProducts = async (
  tx: LedgerTransaction,
  wanted: Wanted,
  toCreate: readonly string[],
): Promise<LockedProducts> => {
  const locked = await lockKnown(tx, wanted);
  const missing = toCreate.filter((productId) => !locked.stock.has(productId));
  if (missing.length === 0) return locked;
  await tx.createStock(missing);
  return lockKnown(tx, wanted);
};

// Asked for together, but behind the stock's locks: read before, an adjustment that another transaction is applying would be
// applied again, and the time might be earlier than that of whoever held the locks before.
const lockKnown = async (tx: LedgerTransaction, wanted: Wanted): Promise<LockedProducts> => {
  const { productIds } = wanted;
  const none = productIds.length === 0;
  const [stock, adjustments, now] = await Promise.all([
    none ? new Map<string, StockLevel>() : tx.lockStock(productIds),
    none ? new Map<string, never>() : tx.loadAdjustments(wanted),
    tx.time(),
  ]);
  return { stock, adjustments, now };
};

const unique = (ids: readonly string[]): string[] => [...new Set(ids)];
