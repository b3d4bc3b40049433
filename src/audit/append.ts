import { statement, type Tx } from '../database/index.ts';
import {
  EVENT_COLUMN_COUNT,
  EVENT_COLUMN_NAMES,
  eventArrayParameters,
  eventArrays,
  type Partitioning,
  type Recorded,
} from '../events/index.ts';
import { Unavailable } from '../platform/index.ts';
import { type Advance, areLater, LIVE, type Projection, type StoredRecorded } from '../projection/index.ts';
import { DividedAnew, placeOf } from './division.ts';
import type { StoredBatch } from './event-store.ts';

/** How the event store is divided, and an event that is new to it; null where none is. */
interface FoundRow extends Partitioning {
  readonly position: string | null;
  readonly event_id: string | null;
  readonly recorded_at: Date | null;
  readonly partition: number | null;
  readonly after: string | null;
  /** Null where nobody has noted them. */
  readonly versions: string | null;
}

interface StoredRow extends FoundRow {
  readonly position: string;
  readonly event_id: string;
  readonly recorded_at: Date;
  readonly partition: number;
  readonly after: string;
}

const [FIRST, SECOND] = [EVENT_COLUMN_COUNT + 1, EVENT_COLUMN_COUNT + 2].map((nth) => `$${nth}`);

// How the store is divided is looked at in the statement that stores: where it is otherwise, that stores nothing.
const LAYOUT = `
  layout as materialized (
    select coalesce(max(partitions), 1) as partitions, coalesce(max(most), 1) as most from audit.partitioning
  )`;

// The versions by a query of their own: they are looked up once, and not for each row.
const FOUND = `layout.partitions, layout.most, stored.position, stored.event_id, stored.recorded_at,
    (select obj_description('${LIVE}'::regnamespace, 'pg_namespace')) as versions`;

const lastOf = (condition: string): string =>
  `(select position from audit.event_store as before where ${condition} order by position desc limit 1)`;

// All parts of the statements see the event store as it was before: `after` is the position before the batch.
const STORE_IN_ONE = statement<FoundRow>(`
  with ${LAYOUT}, stored as (
    insert into audit.event_store (${EVENT_COLUMN_NAMES})
    select ${EVENT_COLUMN_NAMES}
    from unnest(${eventArrayParameters(1)}) with ordinality as event (${EVENT_COLUMN_NAMES}, nth)
    where (select partitions from layout) = 1
    order by nth
    on conflict (event_id) do nothing
    returning position, event_id, recorded_at
  )
  select ${FOUND}, 0 as partition, coalesce(${lastOf('before.partition = 0')}, 0) as after
  from layout left join stored on true
  order by stored.position`);

// Of partition 0 the last is among the last of all: the index of the others leaves it out.
const STORE_IN_SEVERAL = statement<FoundRow>(`
  with ${LAYOUT}, last as materialized (
    select touched.partition, coalesce(
      case touched.partition when 0 then ${lastOf('before.partition = 0')}
        else ${lastOf('before.partition = touched.partition and before.partition > 0')} end, 0) as position
    from (select distinct partition from unnest(${FIRST}::smallint[]) as partition) as touched
  ),
  stored as (
    insert into audit.event_store (${EVENT_COLUMN_NAMES}, partition)
    select ${EVENT_COLUMN_NAMES}, partition
    from unnest(${eventArrayParameters(1)}, ${FIRST}::smallint[])
      with ordinality as event (${EVENT_COLUMN_NAMES}, partition, nth)
    where (select partitions from layout) = ${SECOND}::integer
    order by nth
    on conflict (event_id) do nothing
    returning position, event_id, recorded_at, partition
  )
  select ${FOUND}, stored.partition, last.position as after
  from layout left join (stored join last on last.partition = stored.partition) on true
  order by stored.position`);

const store = (tx: Tx, recorded: readonly Recorded[], layout: Partitioning): Promise<readonly FoundRow[]> => {
  const columns = eventArrays(recorded.map(({ envelope }) => envelope));
  if (layout.partitions === 1) return STORE_IN_ONE(tx, columns);
  return STORE_IN_SEVERAL(tx, [...columns, recorded.map((each) => placeOf(each, layout)), layout.partitions]);
};

/** Since this process began, a later version may have built the read models anew: what is folded here would spoil their rows. */
const assertOurs = ([first]: readonly StoredRow[], projections: readonly Projection[]): void => {
  const versions = first?.versions ?? null;
  if (versions !== null && areLater(versions, projections))
    throw new Unavailable(`The read models are a later version's (${versions}), whose processes take this in.`);
};

const isStored = (row: FoundRow): row is StoredRow => row.event_id !== null;

const advancesOf = (rows: readonly StoredRow[]): readonly Advance[] =>
  [...Map.groupBy(rows, ({ partition }) => partition)]
    .map(([partition, each]) => ({
      partition,
      after: BigInt(each[0]?.after ?? 0),
      position: BigInt(each.at(-1)?.position ?? 0),
    }))
    .toSorted((one, other) => one.partition - other.partition);

export interface Appending {
  readonly tx: Tx;
  readonly projections: readonly Projection[];
  /** By which the transaction took its locks. */
  readonly layout: Partitioning;
}

export interface Appended extends StoredBatch {
  readonly layout: Partitioning;
}

/** Appends, in order, what the store does not hold yet. @throws {DividedAnew} */
export const append = async (
  { tx, projections, layout: expected }: Appending,
  recorded: readonly Recorded[],
): Promise<Appended> => {
  const found = await store(tx, recorded, expected);
  const layout = { partitions: found[0]?.partitions ?? 0, most: found[0]?.most ?? 0 };
  if (layout.partitions !== expected.partitions) throw new DividedAnew(layout);
  const rows = found.filter(isStored);
  assertOurs(rows, projections);
  return { layout, advances: advancesOf(rows), events: storedOf(rows, recorded) };
};

const storedOf = (rows: readonly StoredRow[], recorded: readonly Recorded[]): readonly StoredRecorded[] => {
  const byId = new Map(recorded.toReversed().map((each) => [each.envelope.eventId, each]));
  return rows.flatMap(({ position, event_id, recorded_at }) => {
    const each = byId.get(event_id);
    return each === undefined ? [] : [{ ...each, position: BigInt(position), recordedAt: recorded_at.toISOString() }];
  });
};
