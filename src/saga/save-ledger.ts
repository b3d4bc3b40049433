import { CompiledQuery } from 'kysely';
import type { Tx } from '../database/index.ts';
import type { Recorded } from '../events/index.ts';
import { record, type Writer } from '../journal/index.ts';
import { Conflict } from '../platform/index.ts';
import { type Adjustment, changed, type Ledger } from './ledger.ts';
import { type ReservationRow, rowOf } from './reservation-row.ts';

const SAVE_STOCK = `
  update saga.stock set available = level.available, reserved = level.reserved, sold = level.sold
  from unnest($1::text[], $2::integer[], $3::integer[], $4::integer[]) as level (product_id, available, reserved, sold)
  where stock.product_id = level.product_id`;

const RESERVATION_COLUMNS = 'order_id, state, lines, paid, compensated, version';
const RESERVATION_ARRAYS = 'unnest($1::text[], $2::text[], $3::json[], $4::boolean[], $5::boolean[], $6::integer[])';

// DO NOTHING, never DO UPDATE: that would lock a reservation after stock, against the order of all locks.
const BEGIN_RESERVATIONS = `
  insert into saga.reservation (${RESERVATION_COLUMNS}) select * from ${RESERVATION_ARRAYS} order by 1
  on conflict (order_id) do nothing`;

const SAVE_RESERVATIONS = `
  update saga.reservation set state = saved.state, lines = saved.lines, paid = saved.paid,
    compensated = saved.compensated, version = saved.version
  from ${RESERVATION_ARRAYS} as saved (${RESERVATION_COLUMNS})
  where reservation.order_id = saved.order_id`;

const SAVE_ADJUSTMENTS = `
  insert into saga.adjustment (event_id, product_id, delta, applied)
  select * from unnest($1::text[], $2::text[], $3::integer[], $4::boolean[])
  on conflict (event_id) do update set applied = excluded.applied`;

/**
 * Writes back what changed and records the answers; a constant number of statements.
 * @throws {Conflict} when another transaction began an order that was unheard of when this one locked its rows.
 */
export const saveLedger = async (
  tx: Tx,
  ledger: Ledger,
  { writer, occurredAt }: { readonly writer: Writer; readonly occurredAt: string },
): Promise<void> => {
  await saveStock(tx, ledger);
  await saveReservations(tx, ledger);
  const recorded = await record(tx, { journal: 'saga', writer, occurredAt }, ledger.answers);
  await saveAdjustments(tx, [...changedAdjustments(ledger), ...recorded.flatMap(ownAdjustment)]);
};

const saveStock = async (tx: Tx, { locked, stock }: Ledger): Promise<void> => {
  const levels = changed(locked.stock, stock).map(([, level]) => level);
  if (levels.length === 0) return;
  const columns = [
    levels.map(({ productId }) => productId),
    levels.map(({ available }) => available),
    levels.map(({ reserved }) => reserved),
    levels.map(({ sold }) => sold),
  ];
  await tx.executeQuery(CompiledQuery.raw(SAVE_STOCK, columns));
};

const saveReservations = async (tx: Tx, { locked, reservations }: Ledger): Promise<void> => {
  const rows = changed(locked.reservations, reservations).map(([orderId, state]) => rowOf(orderId, state));
  const begun = rows.filter(({ order_id }) => !locked.reservations.has(order_id));
  const continued = rows.filter(({ order_id }) => locked.reservations.has(order_id));
  if (continued.length > 0) await tx.executeQuery(CompiledQuery.raw(SAVE_RESERVATIONS, columnsOf(continued)));
  if (begun.length === 0) return;
  const { numAffectedRows } = await tx.executeQuery(CompiledQuery.raw(BEGIN_RESERVATIONS, columnsOf(begun)));
  // What nobody had could not be locked: another transaction may have decided the same order meanwhile.
  if (numAffectedRows !== BigInt(begun.length)) throw new Conflict('Another transaction began the same order.');
};

const columnsOf = (rows: readonly ReservationRow[]): unknown[] => [
  rows.map(({ order_id }) => order_id),
  rows.map(({ state }) => state),
  rows.map(({ lines }) => JSON.stringify(lines)),
  rows.map(({ paid }) => paid),
  rows.map(({ compensated }) => compensated),
  rows.map(({ version }) => version),
];

const changedAdjustments = ({ locked, adjustments }: Ledger): readonly Adjustment[] =>
  changed(locked.adjustments, adjustments).map(([, adjustment]) => adjustment);

const ownAdjustment = ({ envelope: { eventId }, event }: Recorded): readonly Adjustment[] =>
  event.type === 'StockAdjusted'
    ? [{ eventId, productId: event.data.productId, delta: event.data.delta, isApplied: true }]
    : [];

const saveAdjustments = async (tx: Tx, adjustments: readonly Adjustment[]): Promise<void> => {
  if (adjustments.length === 0) return;
  const columns = [
    adjustments.map(({ eventId }) => eventId),
    adjustments.map(({ productId }) => productId),
    adjustments.map(({ delta }) => delta),
    adjustments.map(({ isApplied }) => isApplied),
  ];
  await tx.executeQuery(CompiledQuery.raw(SAVE_ADJUSTMENTS, columns));
};
