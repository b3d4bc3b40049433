import { type Runner, statement } from '../database/index.ts';
import { postgresRows, type ReadSchema } from './postgres-rows.ts';
import type { AnyTable, SharedClock, Storage, StoredEvents } from './read-model.ts';
import { EVENT_STORE, STORED_COLUMNS, type StoredRow, storedRecordedOf } from './stored-events.ts';

// Lateral, so that each aggregate is looked up by its index; joined, the planner may well read the whole event store. Put in
// order outside, or else it may prefer the index that is in order, and read all of an aggregate's history.
export const waitingStatement = (
  schema: ReadSchema,
  { name }: Pick<AnyTable, 'name'>,
  aggregateType: string,
): string => `
    select event.*
    from unnest($1::text[]) as folded (id)
    left join lateral (
      select version from ${schema}."${name}" as kept where kept.id = folded.id offset 0
    ) as kept on true
    cross join lateral (
      select ${STORED_COLUMNS} from ${EVENT_STORE}
      where aggregate_id = folded.id and aggregate_type = '${aggregateType}'
        and version > coalesce(kept.version, 0) and position < $2::bigint
      offset 0
    ) as event
    order by event.position`;

// Lateral and fenced, so that each aggregate is looked up by its index.
const atVersionsStatement = (type: string): string => `
  select event.*
  from unnest($1::text[], $2::integer[]) as place (id, version)
  cross join lateral (
    select ${STORED_COLUMNS} from ${EVENT_STORE}
    where aggregate_id = place.id and version = place.version and type = '${type}' and position <= $3::bigint
    offset 0
  ) as event
  order by event.position`;

const storedEvents = (schema: ReadSchema): StoredEvents<Runner> => ({
  waiting: (table, aggregateType) => {
    const select = statement<StoredRow>(waitingStatement(schema, table, aggregateType));
    return async (tx, ids, below) => (await select(tx, [ids, below])).map(storedRecordedOf);
  },
  atVersions: (type) => {
    const select = statement<StoredRow>(atVersionsStatement(type));
    return async (tx, places, upTo) => {
      const [ids, versions] = [places.map(({ id }) => id), places.map(({ version }) => version)];
      return (await select(tx, [ids, versions, String(upTo)])).map(storedRecordedOf);
    };
  },
});

const CLOCK_LOCK = 0x70_61_6e_69_65_72_07n;

const HOLD = {
  Read: statement(`select pg_advisory_xact_lock_shared('${CLOCK_LOCK}'::bigint)`),
  Set: statement(`select pg_advisory_xact_lock('${CLOCK_LOCK}'::bigint)`),
} as const;

const clock: SharedClock<Runner> = {
  hold: async (tx, purpose) => {
    await HOLD[purpose](tx);
  },
};

/** The read models in a schema of PostgreSQL, beside the event store. */
export const postgresStorage = (schema: ReadSchema): Storage<Runner> => ({
  rows: (table) => postgresRows(schema, table),
  events: storedEvents(schema),
  clock,
});
