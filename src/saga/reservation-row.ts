import type { StockLine } from '../events/index.ts';
import { assertNever } from '../platform/index.ts';
import type { ReservationState } from './ledger.ts';
import { linesOf, placeOf, type Reservation } from './reservation.ts';

/** A row of `saga.reservation`, as PostgreSQL's driver hands it over. */
export interface ReservationRow {
  readonly order_id: string;
  readonly state: Reservation['status'];
  readonly lines: readonly StockLine[];
  readonly paid: boolean;
  readonly compensated: boolean;
  readonly version: number;
}

export const reservationStateOf = (row: ReservationRow): ReservationState => ({
  reservation: reservationOfRow(row),
  version: row.version,
});

const reservationOfRow = ({ state, lines, paid, compensated }: ReservationRow): Reservation => {
  switch (state) {
    case 'None':
      return { status: state, isPaid: paid };
    case 'Held':
    case 'Sold':
    case 'Contested':
    case 'Refunded':
      return { status: state, lines };
    case 'Confirmed':
      return { status: state, lines, isAnswered: compensated };
    case 'Failed':
    case 'Released':
      return { status: state };
  }
  return assertNever(state);
};

export const rowOf = (orderId: string, { reservation, version }: ReservationState): ReservationRow => ({
  order_id: orderId,
  state: reservation.status,
  lines: linesOf(reservation),
  paid: placeOf(reservation) === 'sold' || (reservation.status === 'None' && reservation.isPaid),
  compensated: reservation.status === 'Released' || (reservation.status === 'Confirmed' && reservation.isAnswered),
  version,
});
