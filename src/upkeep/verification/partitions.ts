import { sql } from 'kysely';
import { type Check, fixed, sqlCheck } from './check.ts';

/** As `partitionOf` has it. */
const HASH = fixed(`('x' || left(encode(sha256(convert_to(stored.aggregate_id, 'UTF8')), 'hex'), 8))::bit(32)::bigint`);

// What was stored before the last change is where one of the divisions that there were would have it.
const eachInItsPlace = sqlCheck(
  { home: 'audit', rule: 'an event of the event store is in the partition of its aggregate' },
  () => sql`
    select event_id as name, type || ' of ' || aggregate_id || ' is in partition ' || partition as detail
    from audit.event_store as stored cross join audit.partitioning as layout
    where case
      when layout.most = 1 then stored.partition <> 0
      when stored.recorded_at > layout.changed_at then stored.partition <> ${HASH} % layout.partitions
      else not exists (
        select from generate_series(1, layout.most) as division where stored.partition = ${HASH} % division)
    end`,
);

const stepsInOrder = sqlCheck(
  { home: 'audit', rule: 'what was taken in of an order later stands behind in the event store' },
  () => sql`
    select order_id as name, 'from step ' || min(revision) as detail
    from (
      select order_id, revision, event_position,
        lag(event_position) over (partition by order_id order by revision) as before
      from read.order_step
    ) as numbered
    where event_position <= before group by order_id`,
);

/** An aggregate is in one partition at a time, and positions there are in the order of commits. */
export const PARTITION_CHECKS: readonly Check[] = [eachInItsPlace, stepsInOrder];
