import { sql } from 'kysely';
import { type Check, checkOfAll, fixed, sqlCheck } from './check.ts';
import { DATA } from './stored-json.ts';

const HOMES = {
  'audit.event_store': 'audit',
  'write.journal': 'write',
  'saga.journal': 'saga',
} as const;

type Table = keyof typeof HOMES;

const readableIn = (table: Table): Check =>
  sqlCheck(
    { home: HOMES[table], rule: table },
    () => sql`
      select event_id as name, type || ' of ' || aggregate_id || ', read with U+FFFD in its place' as detail
      from ${fixed(table)} as event where data::text <> ${DATA}::text`,
  );

const CHECK = checkOfAll('every event holds text that can be read as it was written', [
  readableIn('audit.event_store'),
  readableIn('write.journal'),
  readableIn('saga.journal'),
]);

/**
 * Events are kept for ever, also those that an earlier version let in with NUL or half a surrogate pair: all readers show
 * U+FFFD in its place. One that is in its journal and in the event store is named once.
 */
export const TEXT_CHECK: Check = {
  rule: CHECK.rule,
  find: async (inspected, among) => {
    const { count, offenders } = await CHECK.find(inspected, among);
    const once = [...new Map(offenders.map((offender) => [offender.name, offender])).values()];
    return { count: count - (offenders.length - once.length), offenders: once };
  },
  isRemark: true,
};
