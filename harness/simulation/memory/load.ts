import { decodeEvent, isId, keyOfOwner, ownerKey, reaches } from '../../../src/events/index.ts';
import type { Journaled, Wanted } from '../../../src/write/index.ts';
import type { MemoryJournal } from './journal.ts';

const eventsOf = (journal: MemoryJournal, id: string): readonly Journaled[] =>
  journal.rowsOf(id).map((row) => ({ ...row, event: decodeEvent(row.envelope) }));

/** Whose it is: by what made it, and by who has claimed the visit that it came by. */
const ownersOf = (journal: MemoryJournal, events: readonly Journaled[]): readonly (string | null)[] => {
  const created = events.find(({ event }) => event.type === 'CartCreated' || event.type === 'OrderCreated')?.event;
  if (created?.type !== 'CartCreated' && created?.type !== 'OrderCreated') return [];
  const { customerId, sessionId } = created.data;
  if (customerId !== null || sessionId === null || !isId('Visit', sessionId)) return [ownerKey(created.data)];
  const claims = eventsOf(journal, sessionId).flatMap(({ event }) =>
    event.type === 'VisitClaimed' ? [event.data] : [],
  );
  const claimants = claims.slice(0, 1).map((claim) => keyOfOwner({ kind: 'Customer', customerId: claim.customerId }));
  return [ownerKey(created.data), ...claimants];
};

/** As the write side's statement loads it. */
export const loadFrom = (journal: MemoryJournal, { id, reach }: Wanted): readonly Journaled[] => {
  const events = eventsOf(journal, id);
  if (reach === 'Everything') return events;
  return ownersOf(journal, events).some((owner) => reaches(reach, owner)) ? events : [];
};
