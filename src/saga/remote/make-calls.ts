import { backoff, type Logger } from '../../platform/index.ts';
import type { ClaimedCalls, LedgerStore } from '../ledger-store.ts';
import { inTransaction, type Transacting } from '../transaction.ts';
import { type Advancing, advance, type Step, type Turn } from './advance.ts';
import type { Breaker } from './breaker.ts';
import type { Call, CallOutcome, NotKnown } from './intent.ts';
import type { Inventory } from './inventory.ts';

export interface Calling extends Advancing, Pick<Transacting, 'clock'> {
  readonly store: LedgerStore;
  /** Null where none is configured: then nothing is asked, and orders are told no at their time. */
  readonly inventory: Inventory | null;
  readonly breaker: Breaker;
  readonly logger: Logger;
  /** The first pause before a call that came to nothing is made again. */
  readonly backoffMs: number;
  /** Aborts when the process stops: nothing more is asked then. */
  readonly signal: AbortSignal;
  /** Called after a commit that recorded events. */
  readonly onCommit: () => void;
}

const MAX_BACKOFF_MS = 60_000;
/** Orders that wait for the breaker alone go on soon after it has closed. */
const MAX_WAIT_MS = 15_000;

/** Why the order cannot go on for now; null when it can. */
const obstacle = ({ way }: Call, outcome: CallOutcome): NotKnown | null => {
  if (outcome.type === 'NotKnown') return outcome;
  // What was taken has to go back: there is nobody else to give it to.
  return outcome.type === 'Refused' && way === 'increase' ? { type: 'NotKnown', retryAfterMs: 0, isAway: false } : null;
};

const takeStep = async (calling: Calling, turn: Turn): Promise<Step> => {
  const { step, hasAnswered } = await inTransaction(calling, (tx) => advance(tx, calling, turn));
  if (hasAnswered) calling.onCommit();
  return step;
};

/** The next step, whose call the breaker has let through. */
const nextStep = async (calling: Calling, turn: Omit<Turn, 'mayAsk'>): Promise<Step> => {
  const { breaker, inventory, signal } = calling;
  const mayAsk = inventory !== null && !signal.aborted && breaker.admits();
  let isAsking = false;
  try {
    const step = await takeStep(calling, { ...turn, mayAsk });
    isAsking = step.type === 'Ask';
    return step;
  } finally {
    if (mayAsk && !isAsking) breaker.withdrawn();
  }
};

const ask = async ({ inventory, breaker, signal }: Calling, call: Call): Promise<CallOutcome> => {
  if (inventory === null) throw new TypeError('There is no inventory to ask.');
  const outcome = await inventory.call(call, signal);
  breaker.settled(outcome.type !== 'NotKnown' || !outcome.isAway);
  return outcome;
};

/**
 * Makes the calls of an order, one after the other, until none is due; or puts them off. What each came to is on disk before
 * the next is made, so that a crash at any point ends in the same question under the same key.
 */
export const makeCalls = async (calling: Calling, { orderId, earlierAttempts }: ClaimedCalls): Promise<void> => {
  const { store, signal } = calling;
  const growing = backoff({ firstMs: calling.backoffMs, maxMs: MAX_BACKOFF_MS });
  // Another process may go on at once with what this one leaves.
  const pauseMs = (attempt: number): number => (signal.aborted ? 0 : growing(attempt));
  let told: Turn['told'] = null;
  let attempts = earlierAttempts;
  for (;;) {
    const step = await nextStep(calling, { orderId, told });
    if (step.type === 'Over') return;
    if (step.type === 'Wait') return store.putOffCalls(orderId, Math.min(pauseMs(attempts + 1), MAX_WAIT_MS));
    const outcome = await ask(calling, step.call);
    const failed = obstacle(step.call, outcome);
    if (failed !== null) return store.putOffCalls(orderId, Math.max(pauseMs(attempts + 1), failed.retryAfterMs));
    told = { call: step.call, outcome };
    attempts = 0;
  }
};
