import { DecodeError, decodeEvent, type Envelope, type Recorded } from '../events/index.ts';
import { decide, isOwnersWord, OWNERS_WORDS, type OwnersWord } from './decide.ts';
import type { LedgerStore } from './ledger-store.ts';
import { NO_RESERVATION, type Reservation } from './reservation.ts';

/** The only events of a journal that the saga may lack: a condition of SQL on its row. */
export const SAGA_MAY_LACK = `type in (${OWNERS_WORDS.map((type) => `'${type}'`).join(', ')})`;

/** Null for what nobody can read: published again, it would only be a dead letter. */
const wordIn = (envelope: Envelope): Recorded<OwnersWord> | null => {
  try {
    const recorded = { envelope, event: decodeEvent(envelope) };
    return isOwnersWord(recorded) ? recorded : null;
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
};

// Whatever the stock, a beginning that was not received changes something.
const ANYTHING = { keeper: 'Ledger', stock: new Map(), now: '', expiresAt: '' } as const;

/** What is received again changes nothing: so what would change something, or be answered, was never received. */
const wouldChange = (reservation: Reservation, word: Recorded<OwnersWord>): boolean => {
  const decision = decide(reservation, word, ANYTHING);
  return decision.answer !== null || decision.reservation !== reservation;
};

/** Ids of those events of orders, all by their owner, that the ledger has not received. */
export const undeliveredOf = async (
  store: Pick<LedgerStore, 'reservations'>,
  events: readonly Envelope[],
): Promise<readonly string[]> => {
  const words = events.map(wordIn).filter((word) => word !== null);
  if (words.length === 0) return [];
  const known = await store.reservations([...new Set(words.map(({ event }) => event.data.orderId))]);
  const isUndelivered = (word: Recorded<OwnersWord>): boolean =>
    wouldChange(known.get(word.event.data.orderId)?.reservation ?? NO_RESERVATION, word);
  return words.filter(isUndelivered).map(({ envelope }) => envelope.eventId);
};
