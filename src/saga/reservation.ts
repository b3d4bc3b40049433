import { type EventOf, PRODUCERS, type Recorded, type StockLine } from '../events/index.ts';
import { assertNever } from '../platform/index.ts';
import { mergeLines, type StockLevels, type StockPlace, shortagesOf } from './stock.ts';

/** What one order has of the stock. */
export type Reservation =
  /** Its beginning is not heard yet; `isPaid` when its payment already is. */
  | { readonly status: 'None'; readonly isPaid: boolean }
  | { readonly status: 'Held'; readonly lines: readonly StockLine[] }
  /** `isContested` once StockCompensated without lines answered another service's word against the sale. */
  | { readonly status: 'Sold'; readonly lines: readonly StockLine[]; readonly isContested: boolean }
  | { readonly status: 'Failed' }
  /** Over: everything was given back, or the end was heard before the beginning and nothing will be taken. */
  | { readonly status: 'Released' };

export type OrderEventHeard = EventOf<
  'OrderCreated' | 'OrderConfirmed' | 'OrderCancelled' | 'PaymentSucceeded' | 'PaymentFailed'
>;
type ReservationEvent = EventOf<'StockReserved' | 'StockReservationFailed' | 'StockCompensated'>;

export const NO_RESERVATION: Reservation = { status: 'None', isPaid: false };

interface Circumstances {
  readonly stock: StockLevels;
  /** When a reservation made now runs out, RFC 3339. */
  readonly expiresAt: string;
}

/**
 * The saga's answer to an event of an order; null when there is nothing to say.
 *
 * An order is answered at most once with StockReserved or StockReservationFailed, and at most once with
 * StockCompensated. Read models derive from these answers alone what is held: the lines of StockReserved, until a
 * StockCompensated *with* lines. So stock moves back only together with that one answer.
 *
 * The end of an order, by the word of its owner (OrderCancelled, the owner's own PaymentFailed), gives back what is
 * held or sold. Another service's PaymentFailed does the same, except for an order that is sold already: then it is
 * answered without lines and the sale stands. From there the sale is final: a later end moves nothing, since the one
 * StockCompensated that could have told of it is spent, and a ledger that moved in silence would differ from its
 * events.
 */
export const decide = (
  reservation: Reservation,
  { envelope, event }: Recorded<OrderEventHeard>,
  circumstances: Circumstances,
): ReservationEvent | null => {
  switch (event.type) {
    case 'OrderCreated':
      return reservation.status === 'None' ? reserve(event, circumstances) : null;
    case 'OrderCancelled':
      return compensate(reservation, event.data.orderId);
    case 'PaymentFailed':
      return envelope.producer !== PRODUCERS.api && reservation.status === 'Sold'
        ? contest(reservation, event.data.orderId)
        : compensate(reservation, event.data.orderId);
    case 'OrderConfirmed':
    case 'PaymentSucceeded':
      return null;
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

const compensate = (reservation: Reservation, orderId: string): ReservationEvent | null => {
  switch (reservation.status) {
    case 'None':
      return compensated(orderId, []);
    case 'Held':
      return compensated(orderId, reservation.lines);
    case 'Sold':
      return reservation.isContested ? null : compensated(orderId, reservation.lines);
    case 'Failed':
    case 'Released':
      return null;
  }
  return assertNever(reservation);
};

const contest = (sale: Reservation & { readonly status: 'Sold' }, orderId: string): ReservationEvent | null =>
  sale.isContested ? null : compensated(orderId, []);

/** The reservation after an event heard or an answer given; the very same object when it tells nothing new. */
export const evolve = (reservation: Reservation, event: OrderEventHeard | ReservationEvent): Reservation => {
  switch (event.type) {
    case 'OrderCreated':
    case 'OrderCancelled':
    case 'PaymentFailed':
      return reservation;
    case 'OrderConfirmed':
    case 'PaymentSucceeded':
      return pay(reservation);
    case 'StockReserved':
      return begin(reservation, event.data.lines);
    case 'StockReservationFailed':
      return { status: 'Failed' };
    case 'StockCompensated':
      return release(reservation, event.data.lines);
  }
  return assertNever(event);
};

const pay = (reservation: Reservation): Reservation => {
  if (reservation.status === 'Held') return { status: 'Sold', lines: reservation.lines, isContested: false };
  return reservation.status === 'None' && !reservation.isPaid ? { status: 'None', isPaid: true } : reservation;
};

const begin = (reservation: Reservation, lines: readonly StockLine[]): Reservation => {
  const isPaid = reservation.status === 'None' && reservation.isPaid;
  return isPaid ? { status: 'Sold', lines, isContested: false } : { status: 'Held', lines };
};

const release = (reservation: Reservation, lines: readonly StockLine[]): Reservation =>
  reservation.status === 'Sold' && lines.length === 0 ? { ...reservation, isContested: true } : { status: 'Released' };

/** The lines that the order holds of the stock or has bought. */
export const linesOf = (reservation: Reservation): readonly StockLine[] =>
  'lines' in reservation ? reservation.lines : [];

/** Where the units of the order are. */
export const placeOf = (reservation: Reservation): StockPlace => {
  if (reservation.status === 'Held') return 'reserved';
  return reservation.status === 'Sold' ? 'sold' : 'available';
};
