import { type Db, statement } from '../database/index.ts';
import { type Envelope, EVENT_COLUMN_NAMES, type EventRow, envelopeOf } from '../events/index.ts';
import { EVENT_STORE } from './stored-events.ts';

/** Looked through at once for events of some types, however rare they are. Where all are wanted, none has to be looked for. */
const SPAN = 5_000;
const BYTES_AT_ONCE = 1_048_576;

/** An event of the event store, its data as it is written. */
export interface Followed {
  readonly position: bigint;
  readonly envelope: Envelope;
  /** Of its data, as JSON. */
  readonly bytes: number;
}

export interface Stretch {
  readonly events: readonly Followed[];
  /** Up to here the store holds no others of these types; where it ends, the position that was given. */
  readonly seenTo: bigint;
}

type FollowedRow = EventRow & { readonly position: string; readonly bytes: number };

const followedOf = (row: FollowedRow): Followed => ({
  position: BigInt(row.position),
  envelope: envelopeOf(row),
  bytes: row.bytes,
});

const COLUMNS = `position, ${EVENT_COLUMN_NAMES}, octet_length(data::text) as bytes`;

// The first one is always there, however large.
const FOLLOWING = statement<FollowedRow & { readonly last: string | null; readonly event_id: string | null }>(`
  with span as materialized (
    select position from ${EVENT_STORE} where position > $1::bigint order by position
    limit case when $2::text[] is null then $3::integer else ${SPAN} end
  )
  select span.last, event.* from (select max(position) as last from span) as span
  left join lateral (
    select * from (
      select found.*, sum(bytes) over (order by position) - bytes as bytes_before
      from (
        select ${COLUMNS} from ${EVENT_STORE}
        where position > $1::bigint and position <= span.last and ($2::text[] is null or type = any($2::text[]))
        order by position limit $3::integer
      ) as found
    ) as sized
    where bytes_before < ${BYTES_AT_ONCE}
  ) as event on true
  order by event.position`);

export interface Following {
  readonly after: bigint;
  /** Null: all. */
  readonly types: readonly string[] | null;
  readonly limit: number;
}

/** The next events of these types above a position, in store order, as far as one look goes. */
export const eventsFollowing = async (db: Db, { after, types, limit }: Following): Promise<Stretch> => {
  const rows = await FOLLOWING(db, [String(after), types, limit]);
  const events = rows.filter(({ event_id: id }) => id !== null).map(followedOf);
  return { events, seenTo: events.at(-1)?.position ?? BigInt(rows[0]?.last ?? after) };
};

const AT = statement<FollowedRow>(
  `select ${COLUMNS} from ${EVENT_STORE} where position = any($1::bigint[]) order by position`,
);

/** The events at these positions, in store order. */
export const eventsAt = async (db: Db, positions: readonly bigint[]): Promise<readonly Followed[]> =>
  positions.length === 0 ? [] : (await AT(db, [positions])).map(followedOf);

const BEHIND = statement<{ readonly behind: number }>(`
  select count(*)::integer as behind from (
    select type from ${EVENT_STORE} where position > $1::bigint order by position limit $3::integer
  ) as later where $2::text[] is null or type = any($2::text[])`);

/** How many of the next `limit` events above a position are of these types. */
export const countFollowing = async (db: Db, { after, types, limit }: Following): Promise<number> =>
  (await BEHIND(db, [String(after), types, limit]))[0]?.behind ?? 0;
