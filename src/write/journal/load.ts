import { type Db, listIn, statement } from '../../database/index.ts';
import {
  EVENT_COLUMN_NAMES,
  type EventRow,
  type Reach,
  type Recorded,
  reachedOwner,
  recordedOf,
} from '../../events/index.ts';

/** An event as the journal of an aggregate holds it. */
export interface Journaled extends Recorded {
  readonly sequence: number;
  readonly received: boolean;
}

/** An aggregate that is looked for. */
export interface Wanted {
  readonly id: string;
  /** Whose it has to be: a cart or an order that is not reached is as one that is not there, and none of it is read. */
  readonly reach: Reach;
}

interface JournalRow extends EventRow {
  readonly nth: number;
  readonly sequence: number;
  readonly heard: boolean;
}

const DATA = 'public.panier_readable(data)';

/** As `ownerKey` says it. An order of a hundred lines is long: it is read once, where it has a customer. */
const OWNER = `coalesce('customer:' || (${DATA}->>'customer_id'), 'visitor:' || (${DATA}->>'session_id')) as owner`;

/** Whose a cart or an order is: by its first event, but for orders of other services, whose stock may be heard of before. */
const WHOSE = `
  (select ${OWNER} from write.journal where wanted.reached is not null and aggregate_id = wanted.id
    and sequence = 1 and type in ('CartCreated', 'OrderCreated'))
  union all
  (select ${OWNER} from write.journal where wanted.reached is not null and aggregate_id = wanted.id
    and sequence > 1 and type = 'OrderCreated' order by sequence limit 1)
  limit 1`;

/** The visit whose it is; no id for what is no visit's. */
const VISIT = String.raw`case when whose.owner like 'visitor:visit\_%' then substr(whose.owner, 9) else '' end`;

// Lateral and not to be flattened, so that each aggregate is looked up by its index: a list of ids, the planner may well
// look for in the whole journal while its statistics lag behind. What is said of whose it is holds for no row in particular,
// so that it is decided before the first is read: else another's long cart would take longer than what is not there. First
// events are named by their number, for rows that are put in order may all be read first. A claim is looked up also where no
// visit is: else another visitor's cart would take longer.
const LOAD = statement<JournalRow>(`
  select wanted.nth::integer as nth, event.*
  from unnest(${listIn('$1')}, ${listIn('$2')}) with ordinality as wanted (id, reached, nth)
  left join lateral (${WHOSE}) whose on true
  left join lateral (
    select 'customer:' || (${DATA}->>'customer_id') as owner from write.journal
    where wanted.reached is not null and aggregate_id = ${VISIT} and sequence = 1
      and type = 'VisitClaimed'
    limit 1
  ) claim on true
  cross join lateral (
    select sequence, heard, ${EVENT_COLUMN_NAMES} from write.journal
    where aggregate_id = wanted.id
      and (wanted.reached is null or wanted.reached in (whose.owner, claim.owner))
    order by sequence offset 0
  ) event`);

/** What the journal holds of each, in sequence: nothing of what is not there, or not reached. One query. */
export const loadAggregates = async (db: Db, wanted: readonly Wanted[]): Promise<readonly (readonly Journaled[])[]> => {
  const rows = await LOAD(db, [wanted.map(({ id }) => id), wanted.map(({ reach }) => reachedOwner(reach))]);
  const found = Map.groupBy(rows, ({ nth }) => nth - 1);
  return wanted.map((_, nth) => (found.get(nth) ?? []).map(journaledOf));
};

const journaledOf = (row: JournalRow): Journaled => ({
  ...recordedOf(row),
  sequence: row.sequence,
  received: row.heard,
});

const KNOWN_EVENT_IDS = statement<{ readonly event_id: string }>(
  `select event_id from write.journal where event_id = any(${listIn('$1')}::text[])`,
);

/** Those of the event ids that the journal holds. */
export const knownEventIds = async (db: Db, eventIds: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await KNOWN_EVENT_IDS(db, [eventIds]);
  return new Set(rows.map((row) => row.event_id));
};
