import { type Db, listIn, type Runner, statement } from '../database/index.ts';
import { EVENT_COLUMN_NAMES, type EventRow, type Recorded, recordedOf } from '../events/index.ts';

export const stored = (db: Db) => db.selectFrom('audit.event_store').selectAll();

export const eventsOf = async (
  db: Db,
  aggregateId: string,
  until?: { readonly instant: string },
): Promise<readonly Recorded[]> => {
  const rows = await stored(db)
    .where('aggregate_id', '=', aggregateId)
    .$if(until !== undefined, (all) => all.where('occurred_at', '<=', new Date(until?.instant ?? '')))
    .orderBy('position')
    .execute();
  return rows.map(recordedOf);
};

// Lateral and fenced, so that each aggregate is looked up by its index; joined, the planner may well read the whole store.
const HISTORIES = statement<EventRow>(`
  select ${EVENT_COLUMN_NAMES}
  from unnest(${listIn('$1')}) as sought (id)
  cross join lateral (
    select position, ${EVENT_COLUMN_NAMES} from audit.event_store where aggregate_id = sought.id offset 0
  ) as event
  order by event.position`);

export const histories = async (
  db: Db,
  aggregateIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Recorded[]>> => {
  const rows = await HISTORIES(db, [aggregateIds]);
  return Map.groupBy(rows.map(recordedOf), ({ envelope }) => envelope.aggregateId);
};

const LACKED = statement<{ readonly id: string }>(`
  select id from unnest(${listIn('$1')}) as asked (id)
  where not exists (select from audit.event_store as stored where stored.event_id = asked.id offset 0)`);

/** Those of the ids that the event store does not hold. */
export const lackedByStore = async (runner: Runner, eventIds: readonly string[]): Promise<readonly string[]> =>
  (await LACKED(runner, [eventIds])).map(({ id }) => id);
