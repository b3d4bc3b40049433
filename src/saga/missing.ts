import type { Sought } from '../journal/index.ts';
import { assertNever } from '../platform/index.ts';
import type { OrderEventHeard } from './decide.ts';
import type { LedgerStore } from './ledger-store.ts';
import { NO_RESERVATION, type Reservation } from './reservation.ts';

type Told = OrderEventHeard['type'];

const TOLD: Readonly<Record<Told, true>> = {
  OrderCreated: true,
  OrderConfirmed: true,
  OrderCancelled: true,
  PaymentSucceeded: true,
  PaymentFailed: true,
  PaymentRefunded: true,
};

const isTold = (type: string): type is Told => Object.hasOwn(TOLD, type);

const isUnpaid = (reservation: Reservation): boolean => reservation.status === 'None' && !reservation.isPaid;

/** Over, or sold for good: nothing that the owner says is answered any more. */
const isSettled = (reservation: Reservation): boolean => {
  const { status } = reservation;
  return status === 'Failed' || status === 'Released' || (status === 'Confirmed' && reservation.isAnswered);
};

/**
 * Whether a reservation would change, or would be answered, if it heard its order's owner say this. What was heard before
 * tells nothing: so what still tells something was never heard.
 */
export const wouldTell = (reservation: Reservation, type: Told): boolean => {
  const { status } = reservation;
  switch (type) {
    case 'OrderCreated':
      return status === 'None';
    case 'PaymentSucceeded':
      return status === 'Held' || isUnpaid(reservation);
    case 'OrderConfirmed':
      return ['Held', 'Sold', 'Refunded', 'Contested'].includes(status) || isUnpaid(reservation);
    case 'PaymentRefunded':
      return ['None', 'Held', 'Sold', 'Contested'].includes(status);
    case 'PaymentFailed':
    case 'OrderCancelled':
      return !isSettled(reservation);
  }
  return assertNever(type);
};

/** Ids of those events of orders, all by their owner, that would still tell the ledger something. */
export const missingOf = async (
  store: Pick<LedgerStore, 'reservations'>,
  events: readonly Sought[],
): Promise<readonly string[]> => {
  const told = events.flatMap(({ eventId, type, aggregateId }) =>
    isTold(type) ? [{ eventId, type, orderId: aggregateId }] : [],
  );
  if (told.length === 0) return [];
  const known = await store.reservations([...new Set(told.map(({ orderId }) => orderId))]);
  return told
    .filter(({ type, orderId }) => wouldTell(known.get(orderId)?.reservation ?? NO_RESERVATION, type))
    .map(({ eventId }) => eventId);
};
