import type { Defer } from '../database/index.ts';
import type { Recorded, Writer } from '../events/index.ts';
import { apply, isReceived, type Received } from './apply.ts';
import type { StockKeeper } from './decide.ts';
import { callsDue, openLedger } from './ledger.ts';
import type { LedgerTransaction } from './ledger-store.ts';
import { lockRows } from './lock-rows.ts';
import { momentOf } from './remote/settle.ts';
import { saveLedger } from './save-ledger.ts';
import { inTransaction, type Transacting } from './transaction.ts';

interface HandleOptions extends Transacting {
  readonly writer: Writer;
  readonly reservationMs: number;
  readonly keeper: StockKeeper;
}

/** What a batch came to, in numbers: events that were recorded, and orders of which calls are due. */
export interface Handled {
  readonly answers: number;
  readonly calls: number;
}

const NOTHING: Handled = { answers: 0, calls: 0 };

/** Takes in a batch, whole or not at all, in the batch's order. */
export const handleBatch = async (options: HandleOptions, batch: readonly Recorded[]): Promise<Handled> => {
  const received = batch.filter(isReceived);
  return received.length === 0
    ? NOTHING
    : inTransaction(options, (tx, defer) => takeIn(tx, { ...options, defer }, received));
};

const takeIn = async (
  tx: LedgerTransaction,
  { writer, reservationMs, keeper, defer }: HandleOptions & { readonly defer: Defer },
  received: readonly Recorded<Received>[],
): Promise<Handled> => {
  const { locked, now } = await lockRows(tx, received, keeper);
  const ledger = openLedger(locked);
  const at = { keeper, ...momentOf(now, reservationMs) };
  for (const recorded of received) apply(ledger, recorded, at);
  defer(saveLedger(tx, ledger, { writer, occurredAt: at.now }));
  return { answers: ledger.answers.length, calls: callsDue(ledger).length };
};
