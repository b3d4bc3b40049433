import { sql } from 'kysely';
import { type Check, fixed, sqlCheck } from './check.ts';
import { DATA } from './stored-json.ts';

const eventsOf = (table: string) => `select event_id, type, aggregate_id, data from ${table}`;
const EVENTS = fixed(['audit.event_store', 'write.journal', 'saga.journal'].map(eventsOf).join(' union all '));

/**
 * Events are kept for ever, also those that an earlier version let in with NUL or half a surrogate pair: all readers show
 * U+FFFD in its place.
 */
export const TEXT_CHECK: Check = {
  ...sqlCheck(
    'every event holds text that can be read as it was written',
    () => sql`
      select distinct event_id as name, type || ' of ' || aggregate_id || ', read with U+FFFD in its place' as detail
      from (${EVENTS}) as event where data::text <> ${DATA}::text`,
  ),
  isRemark: true,
};
