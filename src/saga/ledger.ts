import type { NewEvent } from '../events/index.ts';
import { type Call, nextCall } from './remote/intent.ts';
import { isRemote, NO_RESERVATION, type Reservation } from './reservation.ts';
import { adjust, emptyLevel, type StockLevel } from './stock.ts';

/** A reservation and how many events the saga has written for its order. */
export interface ReservationState {
  readonly reservation: Reservation;
  readonly version: number;
}

/** A change of stock by another service, or the saga's own when it is applied from the start. */
export interface Adjustment {
  readonly eventId: string;
  readonly productId: string;
  readonly delta: number;
  /** False while the product's stock does not allow it. */
  readonly isApplied: boolean;
}

/** The rows that a transaction has locked, by order, product and event id. */
export interface LockedRows {
  readonly reservations: ReadonlyMap<string, ReservationState>;
  readonly stock: ReadonlyMap<string, StockLevel>;
  readonly adjustments: ReadonlyMap<string, Adjustment>;
}

/** A working copy of the locked rows, changed while a transaction works through its events, and what it will record. */
export interface Ledger {
  readonly locked: LockedRows;
  readonly reservations: Map<string, ReservationState>;
  readonly stock: Map<string, StockLevel>;
  readonly adjustments: Map<string, Adjustment>;
  readonly answers: NewEvent[];
}

export const openLedger = (locked: LockedRows): Ledger => ({
  locked,
  reservations: new Map(locked.reservations),
  stock: new Map(locked.stock),
  adjustments: new Map(locked.adjustments),
  answers: [],
});

/** The entries whose value is new, or another than the locked one: values are immutable. */
export const changed = <T>(
  locked: ReadonlyMap<string, T>,
  now: ReadonlyMap<string, T>,
): readonly (readonly [string, T])[] =>
  now
    .entries()
    .filter(([id, value]) => locked.get(id) !== value)
    .toArray();

const UNKNOWN: ReservationState = { reservation: NO_RESERVATION, version: 0 };

export const reservationOf = (ledger: Ledger, orderId: string): ReservationState =>
  ledger.reservations.get(orderId) ?? UNKNOWN;

export const levelOf = (ledger: Ledger, productId: string): StockLevel =>
  ledger.stock.get(productId) ?? emptyLevel(productId);

/** An order of which calls to an inventory elsewhere are due, and when it is told no at the latest (RFC 3339). */
export interface CallsDue extends Pick<Call, 'orderId'> {
  readonly answerBy: string;
}

/** What follows from what has changed: whoever turns an order has its calls made. */
export const callsDue = ({ locked, reservations }: Ledger): readonly CallsDue[] =>
  changed(locked.reservations, reservations).flatMap(([orderId, { reservation }]) =>
    isRemote(reservation) && nextCall(orderId, reservation.intent) !== null
      ? [{ orderId, answerBy: reservation.intent.answerBy }]
      : [],
  );

/** Applies what waits for the product's stock to allow it, until nothing more fits. */
export const applyWaiting = (ledger: Ledger, productId: string): void => {
  const isWaiting = (adjustment: Adjustment): boolean => !adjustment.isApplied && adjustment.productId === productId;
  const waiting = ledger.adjustments.values().filter(isWaiting).toArray();
  while (waiting.length > 0) {
    const level = levelOf(ledger, productId);
    const next = waiting.findIndex(({ delta }) => adjust(level, delta) !== null);
    const [adjustment] = next < 0 ? [] : waiting.splice(next, 1);
    if (adjustment === undefined) return;
    ledger.stock.set(productId, adjust(level, adjustment.delta) ?? level);
    ledger.adjustments.set(adjustment.eventId, { ...adjustment, isApplied: true });
  }
};
