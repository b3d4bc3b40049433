import type { NewEvent, Writer } from '../../events/index.ts';
import { assertNever } from '../../platform/index.ts';
import type { ReservationState } from '../ledger.ts';
import type { LedgerTransaction } from '../ledger-store.ts';
import { evolve, isRemote, type RemoteReservation, type ReservationEvent } from '../reservation.ts';
import { asked, type Call, type CallOutcome, learned, nextCall } from './intent.ts';
import { type Moment, momentOf, settle } from './settle.ts';

/** What was learned of an order since it was looked at last, and whether it may ask on. */
export interface Turn {
  readonly orderId: string;
  readonly told: { readonly call: Call; readonly outcome: CallOutcome } | null;
  readonly mayAsk: boolean;
}

/** `Ask`: the call is written down as asked for, and to be made. `Wait`: one is due that may not be made now. */
export type Step =
  | { readonly type: 'Ask'; readonly call: Call }
  | { readonly type: 'Wait' }
  | { readonly type: 'Over' };

interface Progress {
  readonly state: ReservationState;
  readonly answer: ReservationEvent | null;
  readonly step: Step;
}

const withTold = (reservation: RemoteReservation, { told }: Turn): RemoteReservation =>
  told === null ? reservation : { ...reservation, intent: learned(reservation.intent, told.call, told.outcome) };

/** What the order comes to, what is said of it, and what is asked next: of what it knew before and what it was told now. */
export const progressOf = (
  { reservation, version }: ReservationState & { readonly reservation: RemoteReservation },
  turn: Turn,
  moment: Moment,
): Progress => {
  const { orderId, mayAsk } = turn;
  const { reservation: settled, answer } = settle(orderId, withTold(reservation, turn), moment);
  const after = answer === null ? settled : evolve(settled, answer);
  const call = after.intent === null ? null : nextCall(orderId, after.intent);
  const isAsked = call !== null && mayAsk && after.intent !== null;
  const next = isAsked ? { ...after, intent: asked(after.intent, call) } : after;
  return {
    state: { reservation: next, version: answer === null ? version : version + 1 },
    answer,
    step: stepTo(call, mayAsk),
  };
};

const stepTo = (call: Call | null, mayAsk: boolean): Step => {
  if (call === null) return { type: 'Over' };
  return mayAsk ? { type: 'Ask', call } : { type: 'Wait' };
};

/** The verdict is what stock is given back for; all else comes of the order's beginning. */
const answerOf = (
  { reservation: { verdict }, version }: ReservationState,
  { intent }: RemoteReservation,
  event: ReservationEvent,
): NewEvent => ({
  event,
  aggregateId: event.data.orderId,
  sequence: version,
  version,
  causationId: event.type === 'StockCompensated' && verdict !== null ? verdict.eventId : intent.begun.eventId,
  traceparent: intent.begun.traceparent,
});

const keepTask = async (tx: LedgerTransaction, orderId: string, { type }: Step): Promise<void> => {
  switch (type) {
    case 'Ask':
      return tx.keepCalls(orderId);
    case 'Over':
      return tx.endCalls(orderId);
    case 'Wait':
      return;
  }
  return assertNever(type);
};

export interface Advancing {
  readonly writer: Writer;
  readonly reservationMs: number;
}

export interface Advanced {
  readonly step: Step;
  readonly hasAnswered: boolean;
}

/**
 * Takes an order one step on, in one transaction: what its last call came to, what is said of it, and the next call, which is
 * written down before it is made. The order's lock makes two who are at it one after the other.
 */
export const advance = async (
  tx: LedgerTransaction,
  { writer, reservationMs }: Advancing,
  turn: Turn,
): Promise<Advanced> => {
  const { orderId } = turn;
  const [known, now] = await Promise.all([tx.lockReservations([orderId]), tx.time()]);
  const { reservation, version } = known.get(orderId) ?? { reservation: null, version: 0 };
  if (reservation === null || !isRemote(reservation)) {
    await tx.endCalls(orderId);
    return { step: { type: 'Over' }, hasAnswered: false };
  }
  const moment = momentOf(now, reservationMs);
  const { state, answer, step } = progressOf({ reservation, version }, turn, moment);
  await Promise.all([
    answer === null ? null : tx.record([answerOf(state, reservation, answer)], { writer, occurredAt: moment.now }),
    state.reservation === reservation ? null : tx.saveReservations([[orderId, state]]),
    keepTask(tx, orderId, step),
  ]);
  return { step, hasAnswered: answer !== null };
};
