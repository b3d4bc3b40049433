import type { EventRef } from '../events/index.ts';
import { assertNever } from '../platform/index.ts';
import { isWordType, type OwnersWord } from './decide.ts';
import type { LedgerStore } from './ledger-store.ts';
import { NO_RESERVATION, type Reservation } from './reservation.ts';

/**
 * Whether a reservation would change, or would be answered, if it received this from its order's owner. What was received
 * before tells nothing, and an owner decides once: so what still tells something was never received.
 */
export const wouldTell = ({ stock, verdict }: Reservation, type: OwnersWord['type']): boolean => {
  switch (stock) {
    case 'Undecided':
      return type === 'OrderCreated' || verdict === null;
    case 'Reserved':
      return type !== 'OrderCreated' && verdict === null;
    case 'Short':
    case 'GivenBack':
      return false;
  }
  return assertNever(stock);
};

/** Ids of those events of orders, all by their owner, that would still tell the ledger something. */
export const missingOf = async (
  store: Pick<LedgerStore, 'reservations'>,
  events: readonly EventRef[],
): Promise<readonly string[]> => {
  const told = events.flatMap(({ eventId, type, aggregateId }) =>
    isWordType(type) ? [{ eventId, type, orderId: aggregateId }] : [],
  );
  if (told.length === 0) return [];
  const known = await store.reservations([...new Set(told.map(({ orderId }) => orderId))]);
  return told
    .filter(({ type, orderId }) => wouldTell(known.get(orderId)?.reservation ?? NO_RESERVATION, type))
    .map(({ eventId }) => eventId);
};
