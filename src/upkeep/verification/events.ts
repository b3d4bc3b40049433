import { sql } from 'kysely';
import { PRODUCERS } from '../../events/index.ts';
import { type Check, fixed, sqlCheck } from './check.ts';
import { dataOf } from './stored-json.ts';

const ownOf = (journal: 'write' | 'saga'): string => `
  select event_id, type, stream, aggregate_type, aggregate_id, version, occurred_at, data, position
  from ${journal}.journal where not heard`;

/** Panier's own events, as its two journals hold them. */
export const OWN = fixed(`(${ownOf('write')} union all ${ownOf('saga')})`);

const OWN_PRODUCERS = sql.join(Object.values(PRODUCERS).map((producer) => sql.lit(producer)));

const isMissing = sql`not exists (select from audit.event_store as stored where stored.event_id = journaled.event_id)`;

const reachTheStore = sqlCheck(
  'every event of a journal is in the event store',
  (cutoff) => sql`
    select event_id as name, type || ' of ' || aggregate_id as detail from ${OWN} as journaled
    where occurred_at < ${cutoff} and ${isMissing}`,
);

// What was received bears the time of another service's clock: how old it is, its neighbours in the journal tell.
const heardReachTheStore = sqlCheck(
  'every event that an order has heard of is in the event store',
  (cutoff) => sql`
    select event_id as name, type || ' of ' || aggregate_id as detail from write.journal as journaled
    where heard and ${isMissing} and position < (
      select position from write.journal where not heard and occurred_at < ${cutoff} order by position desc limit 1
    )`,
);

const nothingForged = sqlCheck(
  'every event that bears the name of panier is in a journal',
  () => sql`
    select event_id as name, type || ' of ' || aggregate_id || ' by ' || producer as detail
    from audit.event_store as stored
    where producer in (${OWN_PRODUCERS})
      and not exists (select from write.journal where journal.event_id = stored.event_id and not heard)
      and not exists (select from saga.journal where journal.event_id = stored.event_id and not heard)`,
);

const sameContent = sqlCheck(
  'an event says the same in its journal and in the event store',
  () => sql`
    select event_id as name, stored.type || ' of ' || stored.aggregate_id as detail
    from ${OWN} as journaled join audit.event_store as stored using (event_id)
    where (journaled.type, journaled.stream, journaled.aggregate_id, journaled.version)
        is distinct from (stored.type, stored.stream, stored.aggregate_id, stored.version)
      or ${dataOf('journaled')}::jsonb is distinct from ${dataOf('stored')}::jsonb
      or abs(extract(epoch from journaled.occurred_at - stored.occurred_at)) >= 0.001`,
);

const versionsInStore = sqlCheck(
  'versions in the event store are 1, 2, 3 … of each aggregate and producer',
  (cutoff) => sql`
    select aggregate_id || ' ' || producer as name, count(*) || ' events up to version ' || max(version) as detail
    from audit.event_store where producer in (${OWN_PRODUCERS})
    group by aggregate_id, producer
    having count(distinct version) <> count(*) or min(version) < 1
      or max(version) filter (where recorded_at < ${cutoff}) > count(*)`,
);

const versionsIn = (journal: 'write' | 'saga'): Check =>
  sqlCheck(
    `sequences and versions in the ${journal} journal are 1, 2, 3 …, in the order of their positions`,
    () => sql`
      select aggregate_id as name, 'from sequence ' || min(sequence) as detail
      from (
        select aggregate_id, sequence, version, heard, position, row_number() over each as nth,
          lag(position) over each as before, count(*) filter (where not heard) over each as own
        from ${fixed(`${journal}.journal`)} window each as (partition by aggregate_id order by sequence)
      ) as numbered
      where sequence <> nth or position <= before or (not heard and version is distinct from own)
      group by aggregate_id`,
  );

/** Nothing acknowledged is lost, nothing is there twice, nothing was changed. */
export const EVENT_CHECKS: readonly Check[] = [
  reachTheStore,
  heardReachTheStore,
  nothingForged,
  sameContent,
  versionsInStore,
  versionsIn('write'),
  versionsIn('saga'),
];
