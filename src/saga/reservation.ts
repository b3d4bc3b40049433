import type { EventOf, StockLine } from '../events/index.ts';
import { assertNever } from '../platform/index.ts';
import type { StockPlace } from './stock.ts';

/** What one order has of the stock. */
export type Reservation =
  /** Its beginning is not heard yet; `isPaid` when its payment already is. */
  | { readonly status: 'None'; readonly isPaid: boolean }
  | { readonly status: 'Held'; readonly lines: readonly StockLine[] }
  /** Paid; its owner has not spoken the last word. */
  | { readonly status: 'Sold'; readonly lines: readonly StockLine[] }
  /** Sold, but another service says that the payment failed: the owner's next word tells who is believed. */
  | { readonly status: 'Contested'; readonly lines: readonly StockLine[] }
  /** Sold, and its owner gave a payment back: the only one, or one too many. */
  | { readonly status: 'Refunded'; readonly lines: readonly StockLine[] }
  /** Sold for good; `isAnswered` once StockCompensated without lines told a failed payment that nothing is given back. */
  | { readonly status: 'Confirmed'; readonly lines: readonly StockLine[]; readonly isAnswered: boolean }
  | { readonly status: 'Failed' }
  /** Over: everything was given back, or the end was heard before the beginning and nothing will be taken. */
  | { readonly status: 'Released' };

/** The saga's answers: what moves stock, and all that read models know of it. */
export type ReservationEvent = EventOf<'StockReserved' | 'StockReservationFailed' | 'StockCompensated'>;

export const NO_RESERVATION: Reservation = { status: 'None', isPaid: false };

/** The reservation after the saga's own answer. */
export const evolve = (reservation: Reservation, event: ReservationEvent): Reservation => {
  switch (event.type) {
    case 'StockReserved':
      return begin(reservation, event.data.lines);
    case 'StockReservationFailed':
      return { status: 'Failed' };
    case 'StockCompensated':
      return reservation.status === 'Confirmed' && event.data.lines.length === 0
        ? { ...reservation, isAnswered: true }
        : { status: 'Released' };
  }
  return assertNever(event);
};

const begin = (reservation: Reservation, lines: readonly StockLine[]): Reservation => {
  const isPaid = reservation.status === 'None' && reservation.isPaid;
  return { status: isPaid ? 'Sold' : 'Held', lines };
};

/** The lines that the order holds of the stock or has bought. */
export const linesOf = (reservation: Reservation): readonly StockLine[] =>
  'lines' in reservation ? reservation.lines : [];

/** Where the units of the order are. */
export const placeOf = ({ status }: Reservation): StockPlace => {
  switch (status) {
    case 'Held':
      return 'reserved';
    case 'Sold':
    case 'Contested':
    case 'Refunded':
    case 'Confirmed':
      return 'sold';
    case 'None':
    case 'Failed':
    case 'Released':
      return 'available';
  }
  return assertNever(status);
};
