import { type Database, type Defer, runTransaction, statement, type Tx } from '../database/index.ts';
import { EVENT_COLUMN_NAMES, eventArrayParameters, eventArrays, type Recorded } from '../events/index.ts';
import { SIGNALS, Unavailable } from '../platform/index.ts';
import { areLater, EVERYTHING, LIVE, type Projection, prepareAll } from '../projection/index.ts';
import type {
  Authored,
  EventStore,
  EventStoreTransaction,
  HighestVersion,
  Project,
  StoredBatch,
} from './event-store.ts';
import { becomeOnlyWriter } from './locks.ts';

interface StoredKey {
  readonly position: string;
  readonly event_id: string;
  readonly recorded_at: Date;
  readonly after: string;
  /** Null where nobody has noted them. */
  readonly versions: string | null;
}

const STORED_IDS = statement<{ event_id: string }>(
  `select event_id from audit.event_store where event_id = any($1::text[])`,
);

// Lateral and fenced, so that each aggregate is looked up by its index.
const HIGHEST_VERSIONS = statement<HighestVersion>(`
  select of.aggregate_id as "aggregateId", of.producer, max(event.version) as version
  from (select distinct * from unnest($1::text[], $2::text[]) as of (aggregate_id, producer)) as of
  cross join lateral (
    select version, producer from audit.event_store where aggregate_id = of.aggregate_id offset 0
  ) as event
  where event.producer = of.producer
  group by of.aggregate_id, of.producer`);

// All parts of the statement see the event store as it was before: `last` is the position before the batch.
const STORE = statement<StoredKey>(`
  with last as (select coalesce(max(position), 0) as position from audit.event_store),
  stored as (
    insert into audit.event_store (${EVENT_COLUMN_NAMES})
    select ${EVENT_COLUMN_NAMES}
    from unnest(${eventArrayParameters(1)}) with ordinality as event (${EVENT_COLUMN_NAMES}, nth)
    order by nth
    on conflict (event_id) do nothing
    returning position, event_id, recorded_at
  )
  select stored.position, stored.event_id, stored.recorded_at, last.position as after,
    obj_description('${LIVE}'::regnamespace, 'pg_namespace') as versions
  from stored, last order by stored.position`);

/** Since this process began, a later version may have built the read models anew: what is folded here would spoil their rows. */
const assertOurs = ([first]: readonly StoredKey[], projections: readonly Projection[]): void => {
  const versions = first?.versions ?? null;
  if (versions !== null && areLater(versions, projections))
    throw new Unavailable(`The read models are a later version's (${versions}), whose processes take this in.`);
};

const append = async (
  { tx, projections }: Pick<Transaction, 'tx' | 'projections'>,
  recorded: readonly Recorded[],
): Promise<StoredBatch> => {
  const columns = eventArrays(recorded.map(({ envelope }) => envelope));
  const rows = await STORE(tx, columns);
  assertOurs(rows, projections);
  const byId = new Map(recorded.toReversed().map((each) => [each.envelope.eventId, each]));
  const events = rows.flatMap(({ position, event_id, recorded_at }) => {
    const each = byId.get(event_id);
    return each === undefined ? [] : [{ ...each, position: BigInt(position), recordedAt: recorded_at.toISOString() }];
  });
  const last = events.at(-1);
  const after = BigInt(rows[0]?.after ?? 0);
  return { advances: last === undefined ? [] : [{ partition: 0, after, position: last.position }], events };
};

const storedIds = async (tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await STORED_IDS(tx, [ids]);
  return new Set(rows.map(({ event_id }) => event_id));
};

const highestVersions = async (tx: Tx, of: readonly Authored[]): Promise<readonly HighestVersion[]> => {
  const columns = [of.map(({ aggregateId }) => aggregateId), of.map(({ producer }) => producer)];
  return HIGHEST_VERSIONS(tx, columns);
};

const prepare = async (
  { tx, defer, projections, onceCommitted }: Transaction,
  batch: readonly Recorded[],
): Promise<Project> => {
  const fold = await prepareAll(tx, projections, { batch, below: EVERYTHING });
  return async (events) => {
    const { changes, written, tell } = await fold(events);
    defer(written);
    onceCommitted(() => SIGNALS.eventsStored.tell({ types: events.map(({ event }) => event.type) }));
    onceCommitted(tell);
    return changes;
  };
};

interface Transaction {
  readonly tx: Tx;
  readonly defer: Defer;
  readonly projections: readonly Projection[];
  readonly onceCommitted: (tell: () => void) => void;
}

const transactionOn = (parts: Transaction): EventStoreTransaction => ({
  becomeOnlyWriter: () => becomeOnlyWriter(parts.tx),
  storedIds: (ids) => storedIds(parts.tx, ids),
  highestVersions: (of) => highestVersions(parts.tx, of),
  append: (recorded) => append(parts, recorded),
  prepare: (batch) => prepare(parts, batch),
});

/** The event store in PostgreSQL, with the projections that it feeds. */
export const postgresEventStore = (
  { pool }: Pick<Database, 'pool'>,
  projections: readonly Projection[],
): EventStore => ({
  transaction: async (work) => {
    const tellings: (() => void)[] = [];
    const onceCommitted = (tell: () => void): void => void tellings.push(tell);
    const result = await runTransaction(pool, (tx, defer) =>
      work(transactionOn({ tx, defer, projections, onceCommitted })),
    );
    for (const tell of tellings) tell();
    return result;
  },
});
