import { type AdjustmentTable, type StockTable, statement } from '../database/index.ts';
import type { Adjustment } from './ledger.ts';
import type { ReservationRow } from './reservation-row.ts';
import type { StockLevel } from './stock.ts';

const RESERVATIONS = `
  select order_id, state, lines, verdict, version, intent from saga.reservation
  where order_id = any ($1::text[])`;

export const findReservations = statement<ReservationRow>(RESERVATIONS);

export const lockReservations = statement<ReservationRow>(`${RESERVATIONS} order by order_id collate "C" for update`);

export const lockStock = statement<StockTable>(`
  select product_id, available, reserved, sold from saga.stock
  where product_id = any ($1::text[]) order by product_id collate "C" for update`);

export const createStock = statement(`
  insert into saga.stock (product_id) select product_id from unnest($1::text[]) as product (product_id)
  order by product_id collate "C"
  on conflict (product_id) do nothing`);

export const loadAdjustments = statement<AdjustmentTable>(`
  select event_id, product_id, delta, applied from saga.adjustment
  where event_id = any ($1::text[]) or (product_id = any ($2::text[]) and not applied)
  order by event_id collate "C"`);

export const tellTime = statement<{ readonly time: Date }>('select clock_timestamp() as time');

export const saveStock = statement(`
  update saga.stock set available = level.available, reserved = level.reserved, sold = level.sold
  from unnest($1::text[], $2::integer[], $3::integer[], $4::integer[]) as level (product_id, available, reserved, sold)
  where stock.product_id = level.product_id and stock.product_id = any ($1::text[])`);

export const stockColumns = (levels: readonly StockLevel[]): unknown[] => [
  levels.map(({ productId }) => productId),
  levels.map(({ available }) => available),
  levels.map(({ reserved }) => reserved),
  levels.map(({ sold }) => sold),
];

const RESERVATION_COLUMNS = 'order_id, state, lines, verdict, version, intent';
const RESERVATION_ARRAYS = 'unnest($1::text[], $2::text[], $3::json[], $4::json[], $5::integer[], $6::json[])';

// What nobody had could not be locked: whoever began it meanwhile was faster. Never DO UPDATE: that would lock a reservation
// after stock, against the order of all locks.
export const beginReservations = statement(`
  insert into saga.reservation (${RESERVATION_COLUMNS}) select * from ${RESERVATION_ARRAYS} as begun (${RESERVATION_COLUMNS})
  order by order_id collate "C"`);

export const saveReservations = statement(`
  update saga.reservation set state = saved.state, lines = saved.lines, verdict = saved.verdict,
    version = saved.version, intent = saved.intent
  from ${RESERVATION_ARRAYS} as saved (${RESERVATION_COLUMNS})
  where reservation.order_id = saved.order_id and reservation.order_id = any ($1::text[])`);

export const reservationColumns = (rows: readonly ReservationRow[]): unknown[] => [
  rows.map(({ order_id }) => order_id),
  rows.map(({ state }) => state),
  rows.map(({ lines }) => JSON.stringify(lines)),
  rows.map(({ verdict }) => (verdict === null ? null : JSON.stringify(verdict))),
  rows.map(({ version }) => version),
  rows.map(({ intent }) => (intent === null ? null : JSON.stringify(intent))),
];

export const saveAdjustments = statement(`
  insert into saga.adjustment (event_id, product_id, delta, applied)
  select * from unnest($1::text[], $2::text[], $3::integer[], $4::boolean[])
  on conflict (event_id) do update set applied = excluded.applied`);

export const adjustmentColumns = (adjustments: readonly Adjustment[]): unknown[] => [
  adjustments.map(({ eventId }) => eventId),
  adjustments.map(({ productId }) => productId),
  adjustments.map(({ delta }) => delta),
  adjustments.map(({ isApplied }) => isApplied),
];

export const lastSequence = statement<{ readonly last: number | null }>(
  'select max(sequence) as last from saga.journal where aggregate_id = $1',
);

// One table for the keys of all commands: a key that another command has taken is found, whichever that was.
export const findAnswer = statement<{ readonly request_hash: string; readonly result: object }>(
  'select request_hash, result from write.idempotency where key = $1',
);

export const keepAnswer = statement<{ readonly key: string }>(`
  insert into write.idempotency (key, request_hash, result) values ($1, $2, $3) on conflict (key) do nothing returning key`);
