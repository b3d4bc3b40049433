import { type EventOf, PRODUCERS, type Recorded, type StockLine } from '../events/index.ts';
import { assertNever } from '../platform/index.ts';
import type { Reservation, ReservationEvent } from './reservation.ts';
import { mergeLines, type StockLevels, shortagesOf } from './stock.ts';

export type OrderEventHeard = EventOf<
  'OrderCreated' | 'OrderConfirmed' | 'OrderCancelled' | 'PaymentSucceeded' | 'PaymentFailed' | 'PaymentRefunded'
>;

interface Circumstances {
  readonly stock: StockLevels;
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
 * What the saga makes of an event of an order.
 *
 * An order is answered at most once with StockReserved or StockReservationFailed, and at most once with
 * StockCompensated. Read models derive from these answers alone what is held: the lines of StockReserved, until a
 * StockCompensated *with* lines. So stock goes back together with that one answer, or not at all: a ledger that moved
 * in silence would differ from its events.
 *
 * The end of an order by the word of its owner (OrderCancelled, the owner's own PaymentFailed) gives back what is held
 * or sold; it never ends what it has confirmed, so a confirmed sale stands whoever says so. Another service's PaymentFailed does so too, unless the order is paid: services contradict each other then,
 * and only the owner knows which one it believed. The sale is contested until its next word. OrderConfirmed answers
 * the failure without lines, and the sale stands for good; OrderCancelled, PaymentFailed or PaymentRefunded give it
 * back. To answer before that word would spend the one StockCompensated, and an order that its owner refunds would
 * keep its stock for ever.
 */
export const decide = (
  reservation: Reservation,
  { envelope, event }: Recorded<OrderEventHeard>,
  circumstances: Circumstances,
): Decision => {
  const isOwners = envelope.producer === PRODUCERS.api;
  const { orderId } = event.data;
  switch (event.type) {
    case 'OrderCreated':
      return { reservation, answer: reservation.status === 'None' ? reserve(event, circumstances) : null };
    case 'PaymentSucceeded':
      return { reservation: pay(reservation), answer: null };
    case 'OrderConfirmed':
      return confirm(reservation, orderId);
    case 'PaymentRefunded':
      return isOwners ? refund(reservation, orderId) : { reservation, answer: null };
    case 'PaymentFailed':
      return isOwners ? end(reservation, orderId) : contest(reservation, orderId);
    case 'OrderCancelled':
      return end(reservation, orderId);
  }
  return assertNever(event);
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

const pay = (reservation: Reservation): Reservation => {
  if (reservation.status === 'Held') return { status: 'Sold', lines: reservation.lines };
  return reservation.status === 'None' && !reservation.isPaid ? { status: 'None', isPaid: true } : reservation;
};

const confirm = (reservation: Reservation, orderId: string): Decision => {
  switch (reservation.status) {
    case 'Held':
    case 'Sold':
    case 'Refunded':
      return { reservation: { status: 'Confirmed', lines: reservation.lines, isAnswered: false }, answer: null };
    case 'Contested':
      return {
        reservation: { status: 'Confirmed', lines: reservation.lines, isAnswered: false },
        answer: compensated(orderId, []),
      };
    case 'None':
    case 'Confirmed':
    case 'Failed':
    case 'Released':
      return { reservation: pay(reservation), answer: null };
  }
  return assertNever(reservation);
};

/** Of an order that was never reserved the owner refunds a payment only because the order is over. */
const refund = (reservation: Reservation, orderId: string): Decision => {
  switch (reservation.status) {
    case 'None':
    case 'Contested':
      return end(reservation, orderId);
    case 'Held':
    case 'Sold':
      return { reservation: { status: 'Refunded', lines: reservation.lines }, answer: null };
    case 'Refunded':
    case 'Confirmed':
    case 'Failed':
    case 'Released':
      return { reservation, answer: null };
  }
  return assertNever(reservation);
};

const contest = (reservation: Reservation, orderId: string): Decision => {
  switch (reservation.status) {
    case 'Sold':
      return { reservation: { status: 'Contested', lines: reservation.lines }, answer: null };
    case 'Contested':
      return { reservation, answer: null };
    case 'Confirmed':
      return { reservation, answer: reservation.isAnswered ? null : compensated(orderId, []) };
    case 'None':
    case 'Held':
    case 'Refunded':
    case 'Failed':
    case 'Released':
      return end(reservation, orderId);
  }
  return assertNever(reservation);
};

const end = (reservation: Reservation, orderId: string): Decision => {
  switch (reservation.status) {
    case 'None':
      return { reservation, answer: compensated(orderId, []) };
    case 'Held':
    case 'Sold':
    case 'Contested':
    case 'Refunded':
      return { reservation, answer: compensated(orderId, reservation.lines) };
    case 'Confirmed':
      return { reservation, answer: reservation.isAnswered ? null : compensated(orderId, []) };
    case 'Failed':
    case 'Released':
      return { reservation, answer: null };
  }
  return assertNever(reservation);
};
