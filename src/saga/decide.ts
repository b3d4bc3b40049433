import { causeOf } from '../bus/index.ts';
import {
  type EventOf,
  firstVerdict,
  isOwners,
  type Recorded,
  type StockLine,
  type Verdict,
  verdictIn,
} from '../events/index.ts';
import { assertNever } from '../platform/index.ts';
import { beginIntent } from './remote/intent.ts';
import { settle } from './remote/settle.ts';
import { isRemote, outcomeOfReservation, type Reservation, type ReservationEvent } from './reservation.ts';
import { mergeLines, type StockLevels, shortagesOf } from './stock.ts';

/** What the saga receives: the words of an order's owner. What others say of an order moves no stock. */
export type OwnersWord = EventOf<
  'OrderCreated' | 'OrderConfirmed' | 'OrderRejected' | 'OrderCancelled' | 'PaymentFailed'
>;

export const OWNERS_WORDS: readonly OwnersWord['type'][] = [
  'OrderCreated',
  'OrderConfirmed',
  'OrderRejected',
  'OrderCancelled',
  'PaymentFailed',
];

export const isOwnersWord = (recorded: Recorded): recorded is Recorded<OwnersWord> =>
  OWNERS_WORDS.some((type) => type === recorded.event.type) && isOwners(recorded);

/** Who keeps the stock that new orders take: the saga's own ledger, or an inventory elsewhere. */
export type StockKeeper = 'Ledger' | 'Remote';

export interface Circumstances {
  readonly keeper: StockKeeper;
  readonly stock: StockLevels;
  /** By the database's clock, RFC 3339. */
  readonly now: string;
  /** When a reservation made now runs out, RFC 3339. */
  readonly expiresAt: string;
}

/** What an event of an order comes to: the reservation that knows of it, and what is to be answered. */
export interface Decision {
  /** The very same object when the event tells nothing new. */
  readonly reservation: Reservation;
  readonly answer: ReservationEvent | null;
}

/**
 * What the saga makes of a word of an order's owner. It reserves all lines or none at the beginning, sells what it holds
 * when the order is confirmed, and gives it back when the order is lost; of an order that is lost before its beginning it
 * says at once that nothing will be taken.
 *
 * Read models derive from the answers what is held: so stock goes back together with StockCompensated, or not at all. An
 * order is answered at most once with StockReserved or StockReservationFailed, and at most once with StockCompensated.
 *
 * An order ends where it began: at the ledger, whose answer is one with the decision, or at an inventory elsewhere, whose
 * answers come later (ADR-055).
 */
export const decide = (known: Reservation, recorded: Recorded<OwnersWord>, circumstances: Circumstances): Decision => {
  const reservation = begun(withVerdict(known, verdictIn(recorded)), recorded, circumstances);
  if (isRemote(reservation)) return settle(recorded.event.data.orderId, reservation, circumstances);
  return { reservation, answer: answerTo(reservation, recorded, circumstances) };
};

/** With its intent, when it begins now, and elsewhere. */
const begun = (
  reservation: Reservation,
  { envelope, event }: Recorded<OwnersWord>,
  { keeper, expiresAt }: Circumstances,
): Reservation => {
  if (keeper === 'Ledger' || event.type !== 'OrderCreated' || reservation.intent !== null) return reservation;
  if (reservation.stock !== 'Undecided' || outcomeOfReservation(reservation) === 'Lost') return reservation;
  const beginning = { eventId: envelope.eventId, traceparent: causeOf(envelope) };
  const intent = beginIntent(event.data.lines, { answerBy: expiresAt, begun: beginning });
  return { ...reservation, intent };
};

/** What was refused or given back stays so, whoever decides what. */
const withVerdict = (known: Reservation, said: Verdict | null): Reservation => {
  const verdict = firstVerdict([known.verdict, said]);
  const isSettled = known.stock === 'Short' || known.stock === 'GivenBack';
  return isSettled || verdict?.eventId === known.verdict?.eventId ? known : { ...known, verdict };
};

const answerTo = (
  reservation: Reservation,
  { event }: Recorded<OwnersWord>,
  circumstances: Circumstances,
): ReservationEvent | null => {
  const isLost = outcomeOfReservation(reservation) === 'Lost';
  const { orderId } = event.data;
  switch (reservation.stock) {
    case 'Undecided':
      if (isLost) return compensated(orderId, []);
      return event.type === 'OrderCreated' ? reserve(event, circumstances) : null;
    case 'Reserved':
      return isLost ? compensated(orderId, reservation.lines) : null;
    case 'Short':
    case 'GivenBack':
      return null;
  }
  return assertNever(reservation.stock);
};

const reserve = ({ data }: EventOf<'OrderCreated'>, { stock, expiresAt }: Circumstances): ReservationEvent => {
  const { orderId } = data;
  const lines = mergeLines(data.lines);
  const shortages = shortagesOf(stock, lines);
  return shortages.length === 0
    ? { type: 'StockReserved', data: { orderId, ok: true, lines, expiresAt } }
    : { type: 'StockReservationFailed', data: { orderId, ok: false, shortages } };
};

const compensated = (orderId: string, lines: readonly StockLine[]): ReservationEvent => ({
  type: 'StockCompensated',
  data: { orderId, lines },
});
