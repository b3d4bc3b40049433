import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database/index.ts';
import { furthest, type Positions, positionIn } from '../events/index.ts';
import {
  type Direction,
  HEADS_BESIDE,
  interleave,
  limitOfEach,
  MOST,
  type OfLayout,
  OTHER_PARTITIONS,
  readDivided,
  relationsOf,
  type Stretch,
} from '../projection/index.ts';
import { type EventFilter, filtered } from './event-filter.ts';
import { stored } from './queries.ts';
import { type EventsAfter, type StoredEvent, type StoredEventRow, storedEventOf } from './stored-event.ts';

/** Of each partition what is behind `after`, up to `upTo` (null: to its end), that fits. */
export interface Bounds {
  readonly filter: EventFilter;
  readonly after: Positions;
  readonly upTo: Positions | null;
}

export interface Wanted extends Bounds {
  readonly direction: Direction;
  readonly limit: number;
}

interface Lane {
  /** Null: all are. */
  readonly isOf: RawBuilder<boolean> | null;
  readonly after: RawBuilder<unknown>;
  readonly upTo: RawBuilder<unknown>;
}

/** The first of one partition, in the direction of the walk. */
const rowsOf = (db: Db, { filter, upTo, direction, limit }: Wanted, lane: Lane) =>
  filtered(stored(db), filter)
    .$if(lane.isOf !== null, (all) => all.where(lane.isOf ?? sql<boolean>`true`))
    .where(sql<boolean>`position > ${lane.after}`)
    .$if(upTo !== null, (all) => all.where(sql<boolean>`position <= ${lane.upTo}`))
    .orderBy('position', direction === 'Forward' ? 'asc' : 'desc')
    .limit(limit);

const firstLane = ({ after, upTo }: Bounds, isOf: Lane['isOf']): Lane => ({
  isOf,
  after: sql`${String(positionIn(after, 0))}`,
  upTo: sql`${String(positionIn(upTo ?? after, 0))}`,
});

/** `partition > 0` is said for the index, which has no others. */
const OTHER: Lane = {
  isOf: sql<boolean>`partition > 0 and partition = other.partition`,
  after: sql`coalesce(bounds.after, 0)`,
  upTo: sql`coalesce(bounds.up_to, 0)`,
};

const boundsOfOthers = ({ after, upTo }: Bounds): RawBuilder<unknown> => {
  const partitions = [...new Set([...after.keys(), ...(upTo ?? []).keys()])].filter((partition) => partition > 0);
  const [from, to] = [after, upTo ?? after].map((positions) =>
    partitions.map((partition) => String(positionIn(positions, partition))),
  );
  return sql`unnest(${partitions}::smallint[], ${from}::bigint[], ${to}::bigint[]) as bounds (partition, after, up_to)`;
};

type FoundRow = StoredEventRow & OfLayout & { readonly heads?: Readonly<Record<string, string>> | null };

/** Where all are, what is found says how far each partition is. */
const looksForSome = ({ filter }: Bounds): boolean => Object.values(filter).some((each) => each != null);

const onlyRows = (db: Db, wanted: Wanted): Promise<readonly FoundRow[]> =>
  rowsOf(db, wanted, firstLane(wanted, null))
    .select(sql<number>`${sql.raw(MOST)}`.as('most'))
    .execute();

const rowsOfSeveral = async (db: Db, wanted: Wanted): Promise<readonly FoundRow[]> => {
  const heads = looksForSome(wanted) ? sql`, ${sql.raw(HEADS_BESIDE)} as heads` : sql``;
  const { rows } = await sql<FoundRow>`
    select found.*, 2 as most ${heads} from (
      (${rowsOf(db, wanted, firstLane(wanted, sql<boolean>`partition = 0`))})
      union all
      select divided.* from ${sql.raw(OTHER_PARTITIONS)} left join ${boundsOfOthers(wanted)} using (partition)
      cross join lateral (${rowsOf(db, wanted, OTHER)}) as divided
    ) as found`.execute(db);
  return rows;
};

const rowsFor = (db: Db, wanted: Wanted): Promise<readonly FoundRow[]> =>
  readDivided(db, { only: () => onlyRows(db, wanted), several: () => rowsOfSeveral(db, wanted) });

const headsIn = ([row]: readonly FoundRow[]): Positions | undefined =>
  row?.heads == null
    ? undefined
    : new Map(Object.entries(row.heads).map(([partition, position]) => [Number(partition), BigInt(position)]));

const stretchesOf = (
  rows: readonly StoredEventRow[],
  { direction, limit }: Wanted,
): readonly Stretch<StoredEvent>[] => {
  const order = direction === 'Forward' ? 1 : -1;
  return [...Map.groupBy(rows.map(storedEventOf), ({ partition }) => partition)].map(([partition, found]) => {
    const events = found.toSorted((one, other) => (one.position < other.position ? -order : order));
    return { partition, events, readTo: events.at(-1)?.position ?? 0n, goesOn: events.length === limit };
  });
};

const lastOf = (stretches: readonly Stretch<StoredEvent>[]): Positions =>
  new Map(stretches.map(({ partition, events: [last] }) => [partition, last?.position ?? 0n]));

/** As many as are wanted, or fewer where a partition would have to be read further to go on: then it goes on. */
export const walkOn = async (db: Db, wanted: Wanted): Promise<EventsAfter> => {
  const { after, upTo, direction, limit } = wanted;
  const isForward = direction === 'Forward';
  const each = { ...wanted, limit: limitOfEach({ after: isForward ? after : (upTo ?? after), limit }) };
  const rows = await rowsFor(db, each);
  const stretches = stretchesOf(rows, each);
  const heads = headsIn(rows);
  // Backward, the walk begins at the last of each partition where nothing bounds it.
  const from = isForward ? after : furthest(after, upTo ?? heads ?? lastOf(stretches));
  return interleave(stretches, await relationsOf(db, stretches, direction), { from, direction, limit, heads });
};
