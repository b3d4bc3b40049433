import { type Db, listIn, statement } from '../database/index.ts';
import { EVENT_COLUMN_NAMES, type EventRow, type Place, type Positions, recordedOf } from '../events/index.ts';
import type { StoredRecorded } from './projection.ts';

/** What the read side's SQL may know of the event store is what this file offers. */
export const EVENT_STORE = 'audit.event_store';

/** How the event store is divided. */
export const PARTITIONING = 'audit.partitioning';

/** SQL: a table `other` of all partitions but 0, which is found by position alone; where there are none, nothing is looked up. */
export const OTHER_PARTITIONS = `generate_series(1, (select most - 1 from ${PARTITIONING})) as other (partition)`;

/** A row of the event store, with its columns {@link STORED_COLUMNS}. */
export interface StoredRow extends EventRow {
  readonly position: string;
  readonly recorded_at: Date;
}

/** One by one, for a prepared statement. */
export const STORED_COLUMNS = `position, recorded_at, ${EVENT_COLUMN_NAMES}`;

export const storedRecordedOf = (row: StoredRow): StoredRecorded => ({
  position: BigInt(row.position),
  recordedAt: row.recorded_at.toISOString(),
  ...recordedOf(row),
});

/** SQL: a subquery with the columns of one event, found by its position or its id: an expression each. */
export const eventAt = (place: { readonly position: string } | { readonly eventId: string }): string => {
  const [column, value] = 'position' in place ? ['position', place.position] : ['event_id', place.eventId];
  return `(select ${EVENT_COLUMN_NAMES} from ${EVENT_STORE} where ${column} = ${value} limit 1)`;
};

/** SQL: when the event store took in the event at a position. Not when it occurred: another service's clock may be anywhere. */
export const recordedAt = (position: string): string =>
  `(select recorded_at from ${EVENT_STORE} where position = ${position})`;

/** SQL: how many of the first events that a producer wrote of an aggregate are stored; all three are expressions. */
export const storedOfFirst = (
  versions: string,
  of: { readonly aggregateId: string; readonly producer: string },
): string => `(
  select count(distinct version) from ${EVENT_STORE}
  where aggregate_id = ${of.aggregateId} and version <= ${versions} and producer = ${of.producer})`;

const STORED_IDS = statement<{ readonly event_id: string }>(
  `select event_id from ${EVENT_STORE} where event_id = any(${listIn('$1')}::text[])`,
);

/** Those of the event ids that are stored. */
export const storedIds = async (db: Db, eventIds: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await STORED_IDS(db, [eventIds]);
  return new Set(rows.map(({ event_id: id }) => id));
};

const LAST_POSITION = statement<{ readonly position: string }>(
  `select coalesce(max(position), 0) as position from ${EVENT_STORE}`,
);

/** Of all partitions; 0 when the event store is empty. Below it, another partition may still get events. */
export const lastPosition = async (db: Db): Promise<bigint> => {
  const rows = await LAST_POSITION(db);
  return BigInt(rows[0]?.position ?? 0);
};

const HEADS_OF_OTHERS = `
  select other.partition, (
    select max(position) from ${EVENT_STORE} where partition > 0 and partition = other.partition
  ) from ${OTHER_PARTITIONS}`;

const HEADS = statement<{ readonly partition: number; readonly position: string | null }>(`
  select 0 as partition, (select max(position) from ${EVENT_STORE} where partition = 0) as position
  union all
  ${HEADS_OF_OTHERS}`);

/** SQL: the same as JSON, by partition; null where there is one alone. */
export const HEADS_BESIDE = `(
  select json_object_agg(each.partition, each.position::text) from (
    select 0 as partition, (select max(position) from ${EVENT_STORE} where partition = 0) as position
    from ${PARTITIONING} where most > 1
    union all
    ${HEADS_OF_OTHERS}
  ) as each where position is not null)`;

/** The last position of each partition that has any. */
export const headPositions = async (db: Db): Promise<Positions> =>
  new Map(
    (await HEADS(db)).flatMap(({ partition, position }) => (position === null ? [] : [[partition, BigInt(position)]])),
  );

/** Whose event one is. */
export interface Owned {
  readonly aggregateType: string;
  readonly aggregateId: string;
}

const AT_ONCE = 1_000;

type OwnedRow = Owned & { readonly position: string };

const owners = (partition: string) =>
  statement<OwnedRow>(`
    select position, aggregate_type as "aggregateType", aggregate_id as "aggregateId"
    from ${EVENT_STORE}
    where ${partition} and position > $1::bigint and position <= $2::bigint
    order by position
    limit ${AT_ONCE}`);

const OF_FIRST = owners('partition = 0');
const OF_OTHER = owners('partition > 0 and partition = $3::smallint');

/** Whose the events of a partition behind a position, up to another, are; in bounded batches. */
export async function* ownersAfter(
  db: Db,
  { partition, position }: Place,
  upTo: bigint,
): AsyncGenerator<readonly Owned[]> {
  let cursor = String(position);
  for (;;) {
    const bounds = [cursor, String(upTo)];
    const rows = partition === 0 ? await OF_FIRST(db, bounds) : await OF_OTHER(db, [...bounds, partition]);
    yield rows;
    if (rows.length < AT_ONCE) return;
    cursor = rows.at(-1)?.position ?? cursor;
  }
}
