import { type Database, runTransaction, type StockTable, type Tx } from '../database/index.ts';
import * as calls from './call-statements.ts';
import type { KeptAnswer, LedgerStore, LedgerTransaction } from './ledger-store.ts';
import { record } from './record.ts';
import { reservationStateOf, rowOf } from './reservation-row.ts';
import * as statements from './statements.ts';
import type { StockLevel } from './stock.ts';

const levelOfRow = ({ product_id, ...places }: StockTable): StockLevel => ({ productId: product_id, ...places });

const lockReservations = async (tx: Tx, orderIds: readonly string[]) => {
  const rows = await statements.lockReservations(tx, [orderIds]);
  return new Map(rows.map((row) => [row.order_id, reservationStateOf(row)]));
};

const lockStock = async (tx: Tx, productIds: readonly string[]) => {
  const rows = await statements.lockStock(tx, [productIds]);
  return new Map(rows.map((row) => [row.product_id, levelOfRow(row)]));
};

const loadAdjustments: (
  tx: Tx,
  of: Parameters<LedgerTransaction['loadAdjustments']>[0],
) => ReturnType<LedgerTransaction['loadAdjustments']> = async (tx, { eventIds, productIds }) => {
  const rows = await statements.loadAdjustments(tx, [eventIds, productIds]);
  return new Map(
    rows.map(({ event_id: eventId, product_id: productId, delta, applied: isApplied }) => [
      eventId,
      { eventId, productId, delta, isApplied },
    ]),
  );
};

const time = async (tx: Tx): Promise<Date> => {
  const [row] = await statements.tellTime(tx);
  if (row === undefined) throw new Error('The database did not tell the time.');
  return row.time;
};

const lastSequence = async (tx: Tx, aggregateId: string): Promise<number> => {
  const [row] = await statements.lastSequence(tx, [aggregateId]);
  return row?.last ?? 0;
};

const findAnswer = async (tx: Tx, key: string): Promise<KeptAnswer | null> => {
  const [row] = await statements.findAnswer(tx, [key]);
  return row === undefined ? null : { key, hash: row.request_hash, answer: row.result };
};

const keepAnswer = async (tx: Tx, { key, hash, answer }: KeptAnswer): Promise<boolean> =>
  (await statements.keepAnswer(tx, [key, hash, JSON.stringify(answer)])).length > 0;

const transactionOn = (tx: Tx): LedgerTransaction => ({
  lockReservations: (orderIds) => lockReservations(tx, orderIds),
  lockStock: (productIds) => lockStock(tx, productIds),
  createStock: async (productIds) => void (await statements.createStock(tx, [productIds])),
  loadAdjustments: (of) => loadAdjustments(tx, of),
  time: () => time(tx),
  lastSequence: (aggregateId) => lastSequence(tx, aggregateId),
  saveStock: async (levels) => void (await statements.saveStock(tx, statements.stockColumns(levels))),
  saveReservations: async (saved) => {
    const rows = saved.map(([orderId, state]) => rowOf(orderId, state));
    await statements.saveReservations(tx, statements.reservationColumns(rows));
  },
  beginReservations: async (begun) => {
    const rows = begun.map(([orderId, state]) => rowOf(orderId, state));
    await statements.beginReservations(tx, statements.reservationColumns(rows));
  },
  saveAdjustments: async (saved) => void (await statements.saveAdjustments(tx, statements.adjustmentColumns(saved))),
  record: (events, { writer, occurredAt }) => record(tx, { writer, occurredAt }, events),
  scheduleCalls: async (due) => void (await calls.scheduleCalls(tx, calls.dueColumns(due))),
  keepCalls: async (orderIds) => void (await calls.keepCalls(tx, [orderIds, calls.LEASE_MS])),
  endCalls: async (orderIds) => void (await calls.endCalls(tx, [orderIds])),
  putOffCalls: async (putOff) => void (await calls.putOffCalls(tx, calls.putOffColumns(putOff))),
  findAnswer: (key) => findAnswer(tx, key),
  keepAnswer: (answer) => keepAnswer(tx, answer),
});

export const postgresLedger = ({ db, pool }: Database): LedgerStore => ({
  leaseMs: calls.LEASE_MS,
  transaction: (work) => runTransaction(pool, (tx, defer) => work(transactionOn(tx), defer)),
  reservations: async (orderIds) => {
    const rows = await statements.findReservations(db, [orderIds]);
    return new Map(rows.map((row) => [row.order_id, reservationStateOf(row)]));
  },
  stockLevel: async (productId) => {
    const row = await db.selectFrom('saga.stock').selectAll().where('product_id', '=', productId).executeTakeFirst();
    return row === undefined ? null : levelOfRow(row);
  },
  claimCalls: async (limit) => {
    const rows = await calls.claimCalls(db, [limit, calls.LEASE_MS]);
    return rows.map(({ order_id: orderId, attempts }) => ({ orderId, earlierAttempts: attempts - 1 }));
  },
  putOffCalls: async (putOff) => void (await calls.putOffCalls(db, calls.putOffColumns([putOff]))),
});
