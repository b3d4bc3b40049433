import { type Db, type JournalName, statement } from '../../database/index.ts';
import type { AggregateType, EventType } from '../../events/index.ts';
import { PUBLISHED_AT_ONCE } from '../postgres-outbox.ts';
import type { OwnEvent, SweepStore } from './sweep-store.ts';

interface OwnRow {
  readonly position: string;
  readonly event_id: string;
  readonly type: string;
  readonly aggregate_type: string;
  readonly aggregate_id: string;
  readonly is_old: boolean;
}

const ownEventsIn = (journal: JournalName) =>
  statement<OwnRow>(`
  select position, event_id, type, aggregate_type, aggregate_id,
    occurred_at <= now() - $2::double precision * interval '1 millisecond' as is_old
  from ${journal}.journal where position > $1::bigint and not heard order by position limit $3`);

const countIn = (journal: JournalName) =>
  statement<{ readonly events: number; readonly are_old: boolean | null }>(`
  select count(*)::integer as events,
    bool_and(occurred_at <= now() - $3::double precision * interval '1 millisecond') as are_old
  from ${journal}.journal where position > $1::bigint and position <= $2::bigint and not heard`);

const publishAgainIn = (journal: JournalName) =>
  statement<Pick<OwnRow, 'position'>>(`
  insert into ${journal}.outbox (position)
  select position from unnest($1::bigint[]) as lost (position)
  where position not in (
    select unnest(positions) from ${journal}.publication
    where published_at > now() - $2::double precision * interval '1 millisecond'
  )
  on conflict do nothing returning position`);

/** By their number, not their age: a few that cannot be published may wait long, and hold up nothing else. */
const backlogIn = (journal: JournalName) => statement(`select from ${journal}.outbox limit ${PUBLISHED_AT_ONCE + 1}`);

const advanceIn = (journal: JournalName) =>
  statement(`
  insert into ${journal}.sweep_checkpoint as checkpoint (consumer_group, position) values ($1, $2::bigint)
  on conflict (consumer_group) do update set position = greatest(checkpoint.position, excluded.position)`);

const checkpointIn = (journal: JournalName) =>
  statement<Pick<OwnRow, 'position'>>(`select position from ${journal}.sweep_checkpoint where consumer_group = $1`);

const ownEventOf = (row: OwnRow): OwnEvent => ({
  position: BigInt(row.position),
  eventId: row.event_id,
  type: row.type as EventType,
  aggregateType: row.aggregate_type as AggregateType,
  aggregateId: row.aggregate_id,
});

const oldOnes = (rows: readonly OwnRow[]): readonly OwnRow[] => {
  const young = rows.findIndex(({ is_old }) => !is_old);
  return young < 0 ? rows : rows.slice(0, young);
};

/** A journal of PostgreSQL, as the sweep for a consumer group sees it. */
export const postgresSweepStore = (db: Db, journal: JournalName, group: string): SweepStore => ({
  checkpoint: async () => {
    const [row] = await checkpointIn(journal)(db, [group]);
    return BigInt(row?.position ?? 0);
  },
  advance: async (position) => void (await advanceIn(journal)(db, [group, position])),
  isBacklogged: async () => (await backlogIn(journal)(db)).length > PUBLISHED_AT_ONCE,
  ownEventsAfter: async ({ after, minAgeMs, limit }) => {
    const rows = await ownEventsIn(journal)(db, [after, minAgeMs, limit]);
    return oldOnes(rows).map(ownEventOf);
  },
  countOwnEvents: async ({ after, upTo, minAgeMs }) => {
    const [row] = await countIn(journal)(db, [after, upTo, minAgeMs]);
    return row === undefined || row.are_old === false ? null : row.events;
  },
  publishAgain: async ({ positions, unlessWithinMs }) => {
    const rows = await publishAgainIn(journal)(db, [positions, unlessWithinMs]);
    return new Set(rows.map(({ position }) => BigInt(position)));
  },
});
