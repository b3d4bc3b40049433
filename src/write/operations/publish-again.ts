import { JOURNALS, type JournalDbs, type JournalName, statement } from '../../database/index.ts';

const publishAgainIn = (journal: JournalName) =>
  statement(`
  with own as (
    select position from ${journal}.journal where event_id = $1 and not heard
  ), queued as (
    insert into ${journal}.outbox (position) select position from own on conflict do nothing
  )
  select position from own`);

const PUBLISH_AGAIN = { write: publishAgainIn('write'), saga: publishAgainIn('saga') } as const;

/**
 * Queues an event of panier's own for publication once more. Returns whether it is one: whatever is in no journal is another
 * service's, or nobody's.
 */
export const publishAgain = async (journals: JournalDbs, eventId: string): Promise<boolean> => {
  for (const journal of JOURNALS) {
    const found = await PUBLISH_AGAIN[journal](journals[journal], [eventId]);
    if (found.length > 0) return true;
  }
  return false;
};
