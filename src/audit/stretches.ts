import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database/index.ts';
import { furthest, type Positions, positionIn } from '../events/index.ts';
import {
  type Direction,
  interleave,
  limitOfEach,
  OTHER_PARTITIONS,
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
  readonly partition: RawBuilder<unknown>;
  readonly after: RawBuilder<unknown>;
  readonly upTo: RawBuilder<unknown>;
}

/** The first of one partition, in the direction of the walk. */
const rowsOf = (db: Db, { filter, upTo, direction, limit }: Wanted, lane: Lane) =>
  filtered(stored(db), filter)
    .where(sql<boolean>`${lane.partition}`)
    .where(sql<boolean>`position > ${lane.after}`)
    .$if(upTo !== null, (all) => all.where(sql<boolean>`position <= ${lane.upTo}`))
    .orderBy('position', direction === 'Forward' ? 'asc' : 'desc')
    .limit(limit);

const FIRST = { partition: sql`partition = 0` };
/** `partition > 0` is said for the index, which has no others. */
const OTHER: Lane = {
  partition: sql`partition > 0 and partition = other.partition`,
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

const rowsFor = async (db: Db, wanted: Wanted): Promise<readonly StoredEventRow[]> => {
  const first = {
    ...FIRST,
    after: sql`${String(positionIn(wanted.after, 0))}`,
    upTo: sql`${String(positionIn(wanted.upTo ?? wanted.after, 0))}`,
  };
  const { rows } = await sql<StoredEventRow>`
    (${rowsOf(db, wanted, first)})
    union all
    select divided.* from ${sql.raw(OTHER_PARTITIONS)} left join ${boundsOfOthers(wanted)} using (partition)
    cross join lateral (${rowsOf(db, wanted, OTHER)}) as divided`.execute(db);
  return rows;
};

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

/** Backward, the walk begins at the last of each partition where nothing bounds it. */
const beginning = ({ after, upTo, direction }: Wanted, stretches: readonly Stretch<StoredEvent>[]): Positions => {
  if (direction === 'Forward') return after;
  return furthest(
    after,
    upTo ?? new Map(stretches.map(({ partition, events: [last] }) => [partition, last?.position ?? 0n])),
  );
};

/** As many as are wanted, or fewer where a partition would have to be read further to go on: then it goes on. */
export const walkOn = async (db: Db, wanted: Wanted): Promise<EventsAfter> => {
  const { after, upTo, direction, limit } = wanted;
  const each = limitOfEach({ after: direction === 'Forward' ? after : (upTo ?? after), limit });
  const stretches = stretchesOf(await rowsFor(db, { ...wanted, limit: each }), { ...wanted, limit: each });
  const relations = await relationsOf(db, stretches, direction);
  return interleave(stretches, relations, { from: beginning(wanted, stretches), direction, limit });
};
