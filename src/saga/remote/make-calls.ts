import { asSpan, backoff, beginSpan, type Clock, type Span } from '../../platform/index.ts';
import type { ClaimedCalls, LedgerStore } from '../ledger-store.ts';
import type { Step, Turn } from './advance.ts';
import type { Advancer } from './advancer.ts';
import type { Breaker } from './breaker.ts';
import type { Call, CallOutcome, NotKnown } from './intent.ts';
import type { Inventory } from './inventory.ts';
import type { Slots } from './slots.ts';

export interface Calling {
  readonly store: Pick<LedgerStore, 'leaseMs' | 'putOffCalls'>;
  readonly clock: Clock;
  readonly advancer: Pick<Advancer, 'take'>;
  /** Null where none is configured: then nothing is asked, and orders are told no at their time. */
  readonly inventory: Inventory | null;
  /** Held by a call while it is under way. */
  readonly slots: Slots;
  readonly breaker: Breaker;
  /** The first pause before a call that came to nothing is made again. */
  readonly backoffMs: number;
  /** Aborts when the process stops: nothing more is asked then. */
  readonly signal: AbortSignal;
}

const MAX_BACKOFF_MS = 60_000;
/** Orders that wait for the breaker alone go on soon after it has closed. */
const MAX_WAIT_MS = 15_000;

type Asked = Extract<Step, { readonly type: 'Ask' }>;

/** Why the order cannot go on for now; null when it can. */
const obstacle = ({ way }: Call, outcome: CallOutcome): NotKnown | null => {
  if (outcome.type === 'NotKnown') return outcome;
  // What was taken has to go back: there is nobody else to give it to.
  return outcome.type === 'Refused' && way === 'increase' ? { type: 'NotKnown', retryAfterMs: 0, isAway: false } : null;
};

/** The next step, whose call the breaker has let through. */
const nextStep = async (calling: Calling, turn: Omit<Turn, 'mayAsk'>): Promise<Step> => {
  const { advancer, breaker, inventory, signal } = calling;
  const mayAsk = inventory !== null && !signal.aborted && breaker.admits();
  let isAsking = false;
  try {
    const step = await advancer.take({ ...turn, mayAsk });
    isAsking = step.type === 'Ask';
    return step;
  } finally {
    if (mayAsk && !isAsking) breaker.withdrawn();
  }
};

/** The span of a call, with its wait for a slot. */
const beginCall = (cause: string | null, { orderId, way }: Call): Span | undefined =>
  beginSpan(cause, () => ({ name: `inventory ${way}`, kind: 'client', attributes: { 'panier.order.id': orderId } }));

const ask = async ({ inventory, slots, breaker, signal }: Calling, { call, cause }: Asked): Promise<CallOutcome> => {
  if (inventory === null) throw new TypeError('There is no inventory to ask.');
  const outcome = await asSpan(
    beginCall(cause, call),
    () => slots.run(() => inventory.call(call, signal, cause)),
    (span, { type }) => span.set({ 'panier.outcome': type }),
  );
  breaker.settled(outcome.type !== 'NotKnown' || !outcome.isAway);
  return outcome;
};

/** Of a lease, the part after which it is renewed with the next step. */
const RENEWED_AFTER = 1 / 3;

/** Tells whether the lease has to begin anew with a step that is taken now. */
const leaseOn = ({ store, clock }: Calling): (() => boolean) => {
  let begunMs = clock.nowMs();
  return () => {
    if (clock.nowMs() - begunMs < store.leaseMs * RENEWED_AFTER) return false;
    begunMs = clock.nowMs();
    return true;
  };
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
  const mustRenew = leaseOn(calling);
  let told: Turn['told'] = null;
  let attempts = earlierAttempts + 1;
  for (;;) {
    const putOff = { orderId, delayMs: Math.min(pauseMs(attempts), MAX_WAIT_MS), attempts };
    const step = await nextStep(calling, { orderId, told, renews: mustRenew(), putOff });
    if (step.type !== 'Ask') return;
    const outcome = await ask(calling, step);
    const failed = obstacle(step.call, outcome);
    if (failed !== null)
      return store.putOffCalls({ orderId, attempts, delayMs: Math.max(pauseMs(attempts), failed.retryAfterMs) });
    told = { call: step.call, outcome };
    attempts = 1;
  }
};
