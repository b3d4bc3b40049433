import type { Defer } from '../database/index.ts';
import type { Recorded, Writer } from '../events/index.ts';
import { apply, isReceived, type Received } from './apply.ts';
import { openLedger } from './ledger.ts';
import type { LedgerTransaction } from './ledger-store.ts';
import { lockRows } from './lock-rows.ts';
import { saveLedger } from './save-ledger.ts';
import { inTransaction, type Transacting } from './transaction.ts';

interface HandleOptions extends Transacting {
  readonly writer: Writer;
  readonly reservationMs: number;
}

/** Takes in a batch, whole or not at all, in the batch's order. Returns how many events the saga recorded. */
export const handleBatch = async (options: HandleOptions, batch: readonly Recorded[]): Promise<number> => {
  const received = batch.filter(isReceived);
  return received.length === 0 ? 0 : inTransaction(options, (tx, defer) => takeIn(tx, { ...options, defer }, received));
};

const takeIn = async (
  tx: LedgerTransaction,
  { writer, reservationMs, defer }: HandleOptions & { readonly defer: Defer },
  received: readonly Recorded<Received>[],
) => {
  const { locked, now } = await lockRows(tx, received);
  const ledger = openLedger(locked);
  const expiresAt = new Date(now.getTime() + reservationMs).toISOString();
  for (const recorded of received) apply(ledger, recorded, expiresAt);
  defer(saveLedger(tx, ledger, { writer, occurredAt: now.toISOString() }));
  return ledger.answers.length;
};
