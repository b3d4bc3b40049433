import { assertNever } from '../../platform/index.ts';
import {
  outcomeOfReservation,
  type RemoteReservation,
  type Reservation,
  type ReservationEvent,
} from '../reservation.ts';
import { isRefused, isSettled, isTaken, refusalsOf, turned, wantedLines } from './intent.ts';

export interface Moment {
  /** By the database's clock, RFC 3339. */
  readonly now: string;
  /** When a reservation made now runs out, RFC 3339. */
  readonly expiresAt: string;
}

/** `now` by the database's clock. */
export const momentOf = (now: Date, reservationMs: number): Moment => ({
  now: now.toISOString(),
  expiresAt: new Date(now.getTime() + reservationMs).toISOString(),
});

interface Settlement {
  /** The very same object when nothing has changed. */
  readonly reservation: Reservation;
  readonly answer: ReservationEvent | null;
}

/**
 * What an order comes to whose stock is elsewhere, by what it has learned so far. All taken, it is reserved. Lost, refused or
 * too late, its direction turns; what was taken goes back before anything is said, with one exception: an order without an
 * answer is told no at its time, whatever the inventory does, and what was taken of it goes back behind that.
 */
export const settle = (orderId: string, known: RemoteReservation, moment: Moment): Settlement => {
  const isLate = known.stock === 'Undecided' && Date.parse(moment.now) >= Date.parse(known.intent.answerBy);
  if (isReservedNow(known)) return { reservation: known, answer: reserved(orderId, known, moment) };
  const reservation = mustTurn(known, isLate) ? withTurned(known) : known;
  return { reservation, answer: answerTo(orderId, reservation, isLate) };
};

const isLost = (reservation: Reservation): boolean => outcomeOfReservation(reservation) === 'Lost';

const isReservedNow = (known: RemoteReservation): boolean =>
  known.stock === 'Undecided' && !isLost(known) && known.intent.direction === 'Take' && isTaken(known.intent);

const mustTurn = (known: RemoteReservation, isLate: boolean): boolean =>
  isLost(known) || isLate || isRefused(known.intent);

const withTurned = (known: RemoteReservation): RemoteReservation => {
  const intent = turned(known.intent);
  return intent === known.intent ? known : { ...known, intent };
};

const reserved = (orderId: string, { intent }: RemoteReservation, { expiresAt }: Moment): ReservationEvent => ({
  type: 'StockReserved',
  data: { orderId, ok: true, lines: wantedLines(intent), expiresAt },
});

const answerTo = (orderId: string, reservation: RemoteReservation, isLate: boolean): ReservationEvent | null => {
  const { stock, intent, lines } = reservation;
  const isBack = intent.direction === 'GiveBack' && isSettled(intent);
  switch (stock) {
    case 'Undecided':
      return isBack || isLate ? refusal(orderId, reservation, isLate) : null;
    case 'Reserved':
      return isBack ? { type: 'StockCompensated', data: { orderId, lines } } : null;
    case 'Short':
    case 'GivenBack':
      return null;
  }
  return assertNever(stock);
};

/** Nobody was told that anything is held: so nothing is told to be given back. */
const refusal = (orderId: string, reservation: RemoteReservation, isLate: boolean): ReservationEvent =>
  !isLost(reservation) && (isRefused(reservation.intent) || isLate)
    ? { type: 'StockReservationFailed', data: { orderId, ok: false, shortages: refusalsOf(reservation.intent) } }
    : { type: 'StockCompensated', data: { orderId, lines: [] } };
