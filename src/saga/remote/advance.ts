import type { NewEvent, Writer } from '../../events/index.ts';
import { traceDecision } from '../decision-span.ts';
import type { ReservationState } from '../ledger.ts';
import type { LedgerTransaction, PutOff } from '../ledger-store.ts';
import { evolve, isRemote, NO_RESERVATION, type RemoteReservation, type ReservationEvent } from '../reservation.ts';
import { asked, type Call, type CallOutcome, learned, nextCall } from './intent.ts';
import { type Moment, momentOf, settle } from './settle.ts';

/** What was learned of an order since it was looked at last, and whether it may ask on. */
export interface Turn {
  readonly orderId: string;
  readonly told: { readonly call: Call; readonly outcome: CallOutcome } | null;
  readonly mayAsk: boolean;
  /** Whether the lease on its calls is to begin anew. */
  readonly renews: boolean;
  /** What is written down when it waits. */
  readonly putOff: PutOff;
}

/** `Ask`: the call is written down as asked for, and to be made; `cause`: what brings it about, as W3C trace context. `Wait`: one is due that may not be made now. */
export type Step =
  | { readonly type: 'Ask'; readonly call: Call; readonly cause: string | null }
  | { readonly type: 'Wait' }
  | { readonly type: 'Over' };

const UNKNOWN: ReservationState = { reservation: NO_RESERVATION, version: 0 };

interface Progress {
  readonly state: ReservationState;
  readonly answer: ReservationEvent | null;
  readonly step: Step;
}

const withTold = (reservation: RemoteReservation, { told }: Pick<Turn, 'told'>): RemoteReservation =>
  told === null ? reservation : { ...reservation, intent: learned(reservation.intent, told.call, told.outcome) };

/** What the order comes to, what is said of it, and what is asked next: of what it knew before and what it was told now. */
export const progressOf = (
  { reservation, version }: ReservationState & { readonly reservation: RemoteReservation },
  turn: Pick<Turn, 'orderId' | 'told' | 'mayAsk'>,
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
    step: stepTo(call, { mayAsk, cause: reservation.intent.begun.traceparent }),
  };
};

const stepTo = (
  call: Call | null,
  { mayAsk, cause }: Pick<Turn, 'mayAsk'> & Pick<Extract<Step, { readonly type: 'Ask' }>, 'cause'>,
): Step => {
  if (call === null) return { type: 'Over' };
  return mayAsk ? { type: 'Ask', call, cause } : { type: 'Wait' };
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
  traceparent: traceDecision({ cause: intent.begun.traceparent, orderId: event.data.orderId }, event),
});

export interface Advancing {
  readonly writer: Writer;
  readonly reservationMs: number;
}

export interface Advanced {
  /** By order id. */
  readonly steps: ReadonlyMap<string, Step>;
  /** How many events were recorded. */
  readonly answers: number;
}

/** What the orders' turns come to: to be written, and to be done. */
interface Gathered {
  readonly steps: Map<string, Step>;
  readonly answers: NewEvent[];
  readonly saved: [orderId: string, state: ReservationState][];
}

const gather = (
  gathered: Gathered,
  known: ReservationState,
  on: { readonly turn: Turn; readonly moment: Moment },
): void => {
  const { turn, moment } = on;
  const { orderId } = turn;
  const { reservation, version } = known;
  if (!isRemote(reservation)) {
    gathered.steps.set(orderId, { type: 'Over' });
    return;
  }
  const { state, answer, step } = progressOf({ reservation, version }, turn, moment);
  gathered.steps.set(orderId, step);
  if (answer !== null) gathered.answers.push(answerOf(state, reservation, answer));
  if (state.reservation !== reservation) gathered.saved.push([orderId, state]);
};

/** What becomes of the orders' places among those of which calls are due. */
const keepTasks = async (tx: LedgerTransaction, turns: readonly Turn[], steps: Gathered['steps']): Promise<void> => {
  const coming = (type: Step['type']) => turns.filter(({ orderId }) => steps.get(orderId)?.type === type);
  const renewed = coming('Ask').filter(({ renews }) => renews);
  const [over, waiting] = [coming('Over'), coming('Wait')];
  await Promise.all([
    renewed.length > 0 && tx.keepCalls(renewed.map(({ orderId }) => orderId)),
    over.length > 0 && tx.endCalls(over.map(({ orderId }) => orderId)),
    waiting.length > 0 && tx.putOffCalls(waiting.map(({ putOff }) => putOff)),
  ]);
};

/**
 * Takes orders a step on, in one transaction: what the last call of each came to, what is said of it, and the next call, which
 * is written down before it is made. Their locks make two who are at one order one after the other. A constant number of
 * statements, for orders that differ.
 */
export const advance = async (
  tx: LedgerTransaction,
  { writer, reservationMs }: Advancing,
  turns: readonly Turn[],
): Promise<Advanced> => {
  const [known, now] = await Promise.all([tx.lockReservations(turns.map(({ orderId }) => orderId)), tx.time()]);
  const moment = momentOf(now, reservationMs);
  const gathered: Gathered = { steps: new Map(), answers: [], saved: [] };
  for (const turn of turns) gather(gathered, known.get(turn.orderId) ?? UNKNOWN, { turn, moment });
  const { steps, answers, saved } = gathered;
  await Promise.all([
    answers.length > 0 && tx.record(answers, { writer, occurredAt: moment.now }),
    saved.length > 0 && tx.saveReservations(saved),
    keepTasks(tx, turns, steps),
  ]);
  return { steps, answers: answers.length };
};
