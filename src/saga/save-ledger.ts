import type { Recorded } from '../events/index.ts';
import type { Writer } from '../journal/index.ts';
import { Conflict } from '../platform/index.ts';
import { type Adjustment, changed, type Ledger } from './ledger.ts';
import type { LedgerTransaction } from './ledger-store.ts';

/**
 * Writes back what changed and records the answers; a constant number of statements.
 * @throws {Conflict} when another transaction began an order that was unheard of when this one locked its rows.
 */
export const saveLedger = async (
  tx: LedgerTransaction,
  ledger: Ledger,
  { writer, occurredAt }: { readonly writer: Writer; readonly occurredAt: string },
): Promise<void> => {
  await Promise.all([
    saveStock(tx, ledger),
    saveReservations(tx, ledger),
    recordAnswers(tx, ledger, { writer, occurredAt }),
  ]);
};

const recordAnswers = async (
  tx: LedgerTransaction,
  ledger: Ledger,
  by: { readonly writer: Writer; readonly occurredAt: string },
): Promise<void> => {
  const recorded = ledger.answers.length === 0 ? [] : await tx.record(ledger.answers, by);
  await saveAdjustments(tx, [...changedAdjustments(ledger), ...recorded.flatMap(ownAdjustment)]);
};

const saveStock = async (tx: LedgerTransaction, { locked, stock }: Ledger): Promise<void> => {
  const levels = changed(locked.stock, stock).map(([, level]) => level);
  if (levels.length > 0) await tx.saveStock(levels);
};

const saveReservations = async (tx: LedgerTransaction, { locked, reservations }: Ledger): Promise<void> => {
  const states = changed(locked.reservations, reservations);
  const begun = states.filter(([orderId]) => !locked.reservations.has(orderId));
  const continued = states.filter(([orderId]) => locked.reservations.has(orderId));
  if (continued.length > 0) await tx.saveReservations(continued);
  if (begun.length === 0) return;
  // What nobody had could not be locked: another transaction may have decided the same order meanwhile.
  if ((await tx.beginReservations(begun)) !== begun.length) {
    throw new Conflict('Another transaction began the same order.');
  }
};

const changedAdjustments = ({ locked, adjustments }: Ledger): readonly Adjustment[] =>
  changed(locked.adjustments, adjustments).map(([, adjustment]) => adjustment);

const ownAdjustment = ({ envelope: { eventId }, event }: Recorded): readonly Adjustment[] =>
  event.type === 'StockAdjusted'
    ? [{ eventId, productId: event.data.productId, delta: event.data.delta, isApplied: true }]
    : [];

const saveAdjustments = async (tx: LedgerTransaction, adjustments: readonly Adjustment[]): Promise<void> => {
  if (adjustments.length > 0) await tx.saveAdjustments(adjustments);
};
