import { sql } from 'kysely';
import type { Db } from '../database/index.ts';
import { readableText } from '../events/index.ts';
import { keptFields } from './kept-fields.ts';
import type { StreamEntry } from './stream-group.ts';

export interface DeadLetter {
  readonly group: string;
  readonly entry: StreamEntry;
  readonly error: unknown;
  readonly deliveries: number;
}

const MAX_ERROR_LENGTH = 2_000;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Keeps an entry that a group could not handle, with its error; the same entry again only counts up. */
export const keepDeadLetter = async (db: Db, { group, entry, error, deliveries }: DeadLetter): Promise<void> => {
  const message = readableText(messageOf(error).slice(0, MAX_ERROR_LENGTH));
  await db
    .insertInto('bus.dead_letter')
    .values({
      consumer_group: group,
      stream: entry.stream,
      entry_id: entry.id,
      fields: JSON.stringify(keptFields(entry.fields)),
      error: message,
      deliveries,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['consumer_group', 'stream', 'entry_id'])
        .doUpdateSet({ error: message, deliveries, last_at: new Date() }),
    )
    .execute();
};

/**
 * Those of the event ids that are not in a dead letter of the group: what it could not handle is for operators. What they had
 * tried again is to reach it as whatever else does.
 */
export const withoutDeadLetters = async (
  db: Db,
  group: string,
  eventIds: readonly string[],
): Promise<readonly string[]> => {
  if (eventIds.length === 0) return eventIds;
  const { rows } = await sql<{ event_id: string }>`
    select field ->> 1 as event_id from bus.dead_letter, json_array_elements(public.panier_readable(fields)) as field
    where consumer_group = ${group} and state <> 'RETRIED' and field ->> 0 = 'event_id' and field ->> 1 = any(${eventIds}::text[])`.execute(
    db,
  );
  const dead = new Set(rows.map((row) => row.event_id));
  return eventIds.filter((eventId) => !dead.has(eventId));
};
