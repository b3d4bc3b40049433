import { type Db, listIn, statement } from '../../database/index.ts';
import { EVENT_COLUMN_NAMES, type EventRow, type Recorded, recordedOf } from '../../events/index.ts';

/** An event as the journal of an aggregate holds it. */
export interface Journaled extends Recorded {
  readonly sequence: number;
  readonly received: boolean;
}

interface JournalRow extends EventRow {
  readonly sequence: number;
  readonly heard: boolean;
}

// Lateral and not to be flattened, so that each aggregate is looked up by its index: a list of ids, the planner may well
// look for in the whole journal while its statistics lag behind.
const LOAD = statement<JournalRow>(`
  select event.* from unnest(${listIn('$1')}) as wanted (id)
  cross join lateral (
    select sequence, heard, ${EVENT_COLUMN_NAMES} from write.journal
    where aggregate_id = wanted.id order by sequence offset 0
  ) event`);

/** What the journal holds of each aggregate, in sequence; an aggregate without events is left out. One query. */
export const loadAggregates = async (
  db: Db,
  aggregateIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Journaled[]>> => {
  const rows = await LOAD(db, [aggregateIds]);
  const journaled = rows.map((row): Journaled => ({ ...recordedOf(row), sequence: row.sequence, received: row.heard }));
  return Map.groupBy(journaled, ({ envelope }) => envelope.aggregateId);
};

const KNOWN_EVENT_IDS = statement<{ readonly event_id: string }>(
  'select event_id from write.journal where event_id = any($1::text[])',
);

/** Those of the event ids that the journal holds. */
export const knownEventIds = async (db: Db, eventIds: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await KNOWN_EVENT_IDS(db, [eventIds]);
  return new Set(rows.map((row) => row.event_id));
};
