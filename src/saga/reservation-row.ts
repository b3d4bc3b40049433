import type { StockLine, StockState, Verdict } from '../events/index.ts';
import { assertNever } from '../platform/index.ts';
import type { ReservationState } from './ledger.ts';
import type { Intent } from './remote/intent.ts';
import { placeOf, type Reservation } from './reservation.ts';

/** A row of `saga.reservation`, as PostgreSQL's driver hands it over. `state` is what the stock and the verdict come to. */
export interface ReservationRow {
  readonly order_id: string;
  readonly state: 'None' | 'Held' | 'Sold' | 'Failed' | 'Released';
  readonly lines: readonly StockLine[];
  readonly verdict: Verdict | null;
  readonly version: number;
  readonly intent: Intent | null;
}

const STOCK: Readonly<Record<ReservationRow['state'], StockState>> = {
  None: 'Undecided',
  Held: 'Reserved',
  Sold: 'Reserved',
  Failed: 'Short',
  Released: 'GivenBack',
};

/** The state of a row, for those who look at the ledger from outside. */
export const stateOf = (reservation: Reservation): ReservationRow['state'] => {
  switch (reservation.stock) {
    case 'Undecided':
      return 'None';
    case 'Reserved':
      return placeOf(reservation) === 'sold' ? 'Sold' : 'Held';
    case 'Short':
      return 'Failed';
    case 'GivenBack':
      return 'Released';
  }
  return assertNever(reservation.stock);
};

export const reservationStateOf = ({ state, lines, verdict, version, intent }: ReservationRow): ReservationState => ({
  reservation: { stock: STOCK[state], lines, verdict, intent },
  version,
});

export const rowOf = (orderId: string, { reservation, version }: ReservationState): ReservationRow => ({
  order_id: orderId,
  state: stateOf(reservation),
  lines: reservation.lines,
  verdict: reservation.verdict,
  version,
  intent: reservation.intent,
});
