import { CompiledQuery } from 'kysely';
import type { Db } from '../database/index.ts';
import type { AggregateType, EventType } from '../events/index.ts';
import { PUBLISHED_AT_ONCE } from './postgres-outbox.ts';
import type { JournalName } from './record.ts';
import type { OwnEvent, SweepStore } from './sweep.ts';

interface OwnRow {
  readonly position: string;
  readonly event_id: string;
  readonly type: string;
  readonly aggregate_type: string;
  readonly aggregate_id: string;
  readonly is_old: boolean;
}

const ownEventsStatement = (journal: JournalName): string => `
  select position, event_id, type, aggregate_type, aggregate_id,
    occurred_at <= now() - $2::double precision * interval '1 millisecond' as is_old
  from ${journal}.journal where position > $1::bigint and not heard order by position limit $3`;

const publishAgainStatement = (journal: JournalName): string => `
  insert into ${journal}.outbox (position)
  select position from unnest($1::bigint[]) as lost (position)
  where position not in (
    select unnest(positions) from ${journal}.publication
    where published_at > now() - $2::double precision * interval '1 millisecond'
  )
  on conflict do nothing returning position`;

/** By their number, not their age: a few that cannot be published may wait long, and hold up nothing else. */
const backlogStatement = (journal: JournalName): string =>
  `select from ${journal}.outbox limit ${PUBLISHED_AT_ONCE + 1}`;

const advanceStatement = (journal: JournalName): string => `
  insert into ${journal}.sweep_checkpoint as checkpoint (consumer_group, position) values ($1, $2::bigint)
  on conflict (consumer_group) do update set position = greatest(checkpoint.position, excluded.position)`;

const select = async <Row>(db: Db, statement: string, parameters: unknown[]): Promise<readonly Row[]> => {
  const { rows } = await db.executeQuery(CompiledQuery.raw(statement, parameters));
  return rows as Row[];
};

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
    const statement = `select position from ${journal}.sweep_checkpoint where consumer_group = $1`;
    const [row] = await select<Pick<OwnRow, 'position'>>(db, statement, [group]);
    return BigInt(row?.position ?? 0);
  },
  advance: async (position) => void (await select(db, advanceStatement(journal), [group, position])),
  isBacklogged: async () => (await select(db, backlogStatement(journal), [])).length > PUBLISHED_AT_ONCE,
  ownEventsAfter: async ({ after, minAgeMs, limit }) => {
    const rows = await select<OwnRow>(db, ownEventsStatement(journal), [after, minAgeMs, limit]);
    return oldOnes(rows).map(ownEventOf);
  },
  publishAgain: async ({ positions, unlessWithinMs }) => {
    const parameters = [positions, unlessWithinMs];
    const rows = await select<Pick<OwnRow, 'position'>>(db, publishAgainStatement(journal), parameters);
    return new Set(rows.map(({ position }) => BigInt(position)));
  },
});
