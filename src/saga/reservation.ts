import {
  type EventOf,
  type Outcome,
  outcomeOf,
  type StockLine,
  type StockState,
  type Verdict,
} from '../events/index.ts';
import { assertNever } from '../platform/index.ts';
import type { Intent } from './remote/intent.ts';
import type { StockPlace } from './stock.ts';

/** What one order has of the stock, and who decided over it. */
export interface Reservation {
  /** What the saga has said. */
  readonly stock: StockState;
  /** Those it holds, or has sold: none unless they are reserved. */
  readonly lines: readonly StockLine[];
  /** The owner's, once it was received: also when it came before the beginning of the order. */
  readonly verdict: Verdict | null;
  /** What it wants of an inventory elsewhere; null for an order that takes from the ledger. */
  readonly intent: Intent | null;
}

/** Of an order that takes from an inventory elsewhere. */
export type RemoteReservation = Reservation & { readonly intent: Intent };

export const isRemote = (reservation: Reservation): reservation is RemoteReservation => reservation.intent !== null;

/** The saga's answers: what moves stock, and all that read models know of it. */
export type ReservationEvent = EventOf<'StockReserved' | 'StockReservationFailed' | 'StockCompensated'>;

export const NO_RESERVATION: Reservation = { stock: 'Undecided', lines: [], verdict: null, intent: null };

/** The reservation after the saga's own answer. */
export const evolve = ({ verdict, intent }: Reservation, event: ReservationEvent): Reservation => {
  switch (event.type) {
    case 'StockReserved':
      return { stock: 'Reserved', lines: event.data.lines, verdict, intent };
    case 'StockReservationFailed':
      return { stock: 'Short', lines: [], verdict, intent };
    case 'StockCompensated':
      return { stock: 'GivenBack', lines: [], verdict, intent };
  }
  return assertNever(event);
};

/** The same rule by which everybody reads the order. */
export const outcomeOfReservation = ({ verdict, stock }: Reservation): Outcome => outcomeOf(verdict, stock);

/** Where the units of the order are. */
export const placeOf = (reservation: Reservation): StockPlace => {
  if (reservation.stock !== 'Reserved') return 'available';
  return outcomeOfReservation(reservation) === 'Kept' ? 'sold' : 'reserved';
};
