import { decodeEvent } from '../../../src/events/index.ts';
import type { FoundCart } from '../../../src/write/index.ts';
import type { MemoryJournal } from './journal.ts';

const CLOSING = ['CartCheckedOut', 'CartMerged'];

/** As the write side's statement finds them. */
export const openCartsIn = (journal: MemoryJournal, customerId: string): readonly FoundCart[] => {
  const rows = journal.ownRowsAfter(0).map(({ envelope }) => ({ id: envelope.aggregateId, ...decodeEvent(envelope) }));
  const visits = new Set(rows.flatMap((row) => (isClaimBy(row, customerId) ? [row.id] : [])));
  const isOpen = (id: string): boolean => !CLOSING.includes(journal.rowsOf(id).at(-1)?.envelope.type ?? '');
  const found = rows.flatMap((row): readonly FoundCart[] => {
    if (row.type !== 'CartCreated' || !isOpen(row.id)) return [];
    const { customerId: owner, sessionId } = row.data;
    if (owner !== null) return owner === customerId ? [{ id: row.id, visitorId: null }] : [];
    return sessionId !== null && visits.has(sessionId) ? [{ id: row.id, visitorId: sessionId }] : [];
  });
  return found.toReversed();
};

const isClaimBy = (event: ReturnType<typeof decodeEvent>, customerId: string): boolean =>
  event.type === 'VisitClaimed' && event.data.customerId === customerId;
