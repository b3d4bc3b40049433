import { type Db, statement } from '../database/index.ts';
import {
  type Envelope,
  EVENT_COLUMN_NAMES,
  type EventRow,
  envelopeOf,
  type Place,
  type Positions,
  positionIn,
} from '../events/index.ts';
import { MOST, type OfLayout, readDivided } from './divided.ts';
import { interleave, type Walked } from './interleave.ts';
import type { Stretch } from './lanes.ts';
import { relationsOf } from './relations.ts';
import { EVENT_STORE, OTHER_PARTITIONS } from './stored-events.ts';

/** Looked through at once for events of some types, however rare they are. Where all are wanted, none has to be looked for. */
const SPAN = 5_000;
const BYTES_AT_ONCE = 1_048_576;

/** An event of the event store, its data as it is written. */
export interface Followed extends Place {
  readonly envelope: Envelope;
  /** Of its data, as JSON. */
  readonly bytes: number;
}

type FollowedRow = EventRow & { readonly partition: number; readonly position: string; readonly bytes: number };

const followedOf = (row: FollowedRow): Followed => ({
  partition: row.partition,
  position: BigInt(row.position),
  envelope: envelopeOf(row),
  bytes: row.bytes,
});

const COLUMNS = `partition, position, ${EVENT_COLUMN_NAMES}, octet_length(data::text) as bytes`;

/** Of the rows of one partition; its first event is always there, however large. */
const looked = (rows: string): string => `
  select span.last, span.length, event.* from (
    select max(position) as last, count(*)::integer as length from (
      select position from ${EVENT_STORE} where ${rows} order by position
      limit case when $2::text[] is null then $3::integer else ${SPAN} end
    ) as each
  ) as span
  left join lateral (
    select * from (
      select found.*, sum(bytes) over (order by position) - bytes as bytes_before
      from (
        select ${COLUMNS} from ${EVENT_STORE}
        where ${rows} and position <= span.last and ($2::text[] is null or type = any($2::text[]))
        order by position limit $3::integer
      ) as found
    ) as sized
    where bytes_before < ${BYTES_AT_ONCE}
  ) as event on true`;

interface LookedRow extends FollowedRow, OfLayout {
  readonly lane: number;
  readonly last: string | null;
  /** How many were looked at. */
  readonly length: number;
  readonly event_id: string;
  readonly bytes_before: string | null;
}

const ONLY = statement<LookedRow>(`
  select 0 as lane, ${MOST} as most, plain.* from (${looked('position > $1::bigint')}) as plain
  order by position`);

const SEVERAL = statement<LookedRow>(`
  select 0 as lane, 2 as most, plain.* from (${looked('partition = 0 and position > $1::bigint')}) as plain
  union all
  select other.partition, 2, divided.* from ${OTHER_PARTITIONS}
  left join unnest($4::smallint[], $5::bigint[]) as seen (partition, position) using (partition)
  cross join lateral (${looked(
    'partition > 0 and partition = other.partition and position > coalesce(seen.position, 0)',
  )}) as divided
  order by position`);

export interface Following {
  readonly after: Positions;
  /** Null: all. */
  readonly types: readonly string[] | null;
  readonly limit: number;
}

/** How many to read of each partition: they are about as full as each other, and what is read too much is read again. */
export const limitOfEach = ({ after, limit }: Pick<Following, 'after' | 'limit'>): number =>
  Math.min(limit, Math.ceil((2 * limit) / Math.max(1, after.size)));

/** What to hand over of the partitions but 0. */
const otherPositions = (positions: Positions) => {
  const others = [...positions].filter(([partition]) => partition > 0);
  return [others.map(([partition]) => partition), others.map(([, position]) => String(position))] as const;
};

const stretchOf = (lane: number, rows: readonly LookedRow[], { after, types, limit }: Following): Stretch<Followed> => {
  const found = rows.filter(({ position }) => position !== null);
  const [last, span] = [found.at(-1), rows[0]];
  const isFull = last !== undefined && Number(last.bytes_before) + last.bytes >= BYTES_AT_ONCE;
  const isCut = isFull || found.length >= limit;
  return {
    partition: lane,
    events: found.map(followedOf),
    readTo: BigInt((isCut ? last?.position : span?.last) ?? positionIn(after, lane)),
    goesOn: isCut || (span?.length ?? 0) >= (types === null ? limit : SPAN),
  };
};

/** The next events of these types behind what was seen, causes first, as far as one look goes. */
export const eventsFollowing = async (db: Db, following: Following): Promise<Walked<Followed>> => {
  const { after: from, types, limit } = following;
  const each = { ...following, limit: limitOfEach(following) };
  const asked = [String(positionIn(from, 0)), types, each.limit];
  const rows = await readDivided(db, {
    only: () => ONLY(db, asked),
    several: () => SEVERAL(db, [...asked, ...otherPositions(from)]),
  });
  const stretches = [...Map.groupBy(rows, ({ lane }) => lane)].map(([lane, all]) => stretchOf(lane, all, each));
  const relations = await relationsOf(db, stretches, 'Forward');
  return interleave(stretches, relations, { from, direction: 'Forward', limit });
};

const AT = statement<FollowedRow>(
  `select ${COLUMNS} from ${EVENT_STORE} where position = any($1::bigint[]) order by position`,
);

/** The events at these positions, in their order. */
export const eventsAt = async (db: Db, positions: readonly bigint[]): Promise<readonly Followed[]> =>
  positions.length === 0 ? [] : (await AT(db, [positions])).map(followedOf);

const behindIn = (rows: string): string => `
  select count(*) as behind from (
    select type from ${EVENT_STORE} where ${rows} order by position limit $3::integer
  ) as later where $2::text[] is null or type = any($2::text[])`;

const BEHIND = statement<{ readonly behind: number }>(`
  select least(sum(behind), $3::integer)::integer as behind from (
    ${behindIn('partition = 0 and position > $1::bigint')}
    union all
    select counted.behind from ${OTHER_PARTITIONS}
    left join unnest($4::smallint[], $5::bigint[]) as seen (partition, position) using (partition)
    cross join lateral (${behindIn(
      'partition > 0 and partition = other.partition and position > coalesce(seen.position, 0)',
    )}) as counted
  ) as each`);

/** How many events behind what was seen are of these types, counted among the next `limit` of each partition, to `limit`. */
export const countFollowing = async (db: Db, { after, types, limit }: Following): Promise<number> =>
  (await BEHIND(db, [String(positionIn(after, 0)), types, limit, ...otherPositions(after)]))[0]?.behind ?? 0;
