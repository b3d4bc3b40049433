import type { Recorded, Writer } from '../events/index.ts';
import { callsDue, changed, type Ledger } from './ledger.ts';
import type { LedgerTransaction } from './ledger-store.ts';

/** Writes back what changed and records the answers, which it returns; a constant number of statements, all sent at once. */
export const saveLedger = async (
  tx: LedgerTransaction,
  ledger: Ledger,
  by: { readonly writer: Writer; readonly occurredAt: string },
): Promise<readonly Recorded[]> => {
  const { answers } = ledger;
  const [recorded] = await Promise.all([
    answers.length === 0 ? [] : tx.record(answers, by),
    saveStock(tx, ledger),
    saveReservations(tx, ledger),
    saveAdjustments(tx, ledger),
    scheduleCalls(tx, ledger),
  ]);
  return recorded;
};

const saveStock = async (tx: LedgerTransaction, { locked, stock }: Ledger): Promise<void> => {
  const levels = changed(locked.stock, stock).map(([, level]) => level);
  if (levels.length > 0) await tx.saveStock(levels);
};

const saveReservations = async (tx: LedgerTransaction, { locked, reservations }: Ledger): Promise<void> => {
  const states = changed(locked.reservations, reservations);
  const begun = states.filter(([orderId]) => !locked.reservations.has(orderId));
  const continued = states.filter(([orderId]) => locked.reservations.has(orderId));
  await Promise.all([
    continued.length === 0 ? undefined : tx.saveReservations(continued),
    begun.length === 0 ? undefined : tx.beginReservations(begun),
  ]);
};

const scheduleCalls = async (tx: LedgerTransaction, ledger: Ledger): Promise<void> => {
  const due = callsDue(ledger);
  if (due.length > 0) await tx.scheduleCalls(due);
};

const saveAdjustments = async (tx: LedgerTransaction, { locked, adjustments }: Ledger): Promise<void> => {
  const saved = changed(locked.adjustments, adjustments).map(([, adjustment]) => adjustment);
  if (saved.length > 0) await tx.saveAdjustments(saved);
};
