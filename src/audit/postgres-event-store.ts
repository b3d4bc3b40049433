import { type Database, type Defer, runTransaction, statement, type Tx } from '../database/index.ts';
import type { Partitioning, Recorded } from '../events/index.ts';
import { SIGNALS } from '../platform/index.ts';
import { type Changes, EVERYTHING, type Projection, prepareAll } from '../projection/index.ts';
import { append } from './append.ts';
import { Division, partitionsOf } from './division.ts';
import type {
  Authored,
  EventStore,
  EventStoreTransaction,
  HighestVersion,
  Project,
  StoredBatch,
} from './event-store.ts';
import { beAmongWriters, becomeWriterOf } from './locks.ts';

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

const storedIds = async (tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> => {
  const rows = await STORED_IDS(tx, [ids]);
  return new Set(rows.map(({ event_id }) => event_id));
};

const highestVersions = async (tx: Tx, of: readonly Authored[]): Promise<readonly HighestVersion[]> => {
  const columns = [of.map(({ aggregateId }) => aggregateId), of.map(({ producer }) => producer)];
  return HIGHEST_VERSIONS(tx, columns);
};

const prepare = async (
  { tx, defer, projections, layout, onceCommitted }: Transaction,
  batch: readonly Recorded[],
): Promise<Project> => {
  const writers = layout.partitions === 1 ? 'One' : 'Several';
  const fold = await prepareAll(tx, projections, { batch, below: EVERYTHING, writers });
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
  readonly layout: Partitioning;
  readonly learn: (layout: Partitioning) => void;
  readonly onceCommitted: (tell: () => void) => void;
}

const appendIn = async (parts: Transaction, recorded: readonly Recorded[]): Promise<StoredBatch> => {
  const { layout, ...stored } = await append(parts, recorded);
  parts.learn(layout);
  return stored;
};

const transactionOn = (parts: Transaction): EventStoreTransaction => ({
  becomeWriter: (batch) => becomeWriterOf(parts.tx, partitionsOf(batch, parts.layout)),
  storedIds: (ids) => storedIds(parts.tx, ids),
  highestVersions: (of) => highestVersions(parts.tx, of),
  append: (recorded) => appendIn(parts, recorded),
  prepare: (batch) => prepare(parts, batch),
});

const settleOne = async (
  { pool }: Pick<Database, 'pool'>,
  { name, settling }: Projection,
  batch: readonly Recorded[],
): Promise<Changes> => {
  const settle = settling?.(batch) ?? null;
  if (settle === null) return {};
  const changed = await runTransaction(pool, async (tx) => {
    const [, ids] = await Promise.all([beAmongWriters(tx), settle(tx)]);
    return ids;
  });
  return changed.length === 0 ? {} : { [name]: changed };
};

/** A transaction each: who holds rows of one and waits for those of another might wait in a ring. */
const settleAll = async (
  database: Pick<Database, 'pool'>,
  projections: readonly Projection[],
  batch: readonly Recorded[],
): Promise<Changes> => {
  const all = await Promise.all(projections.map((projection) => settleOne(database, projection, batch)));
  return Object.fromEntries(all.flatMap((changes) => Object.entries(changes)));
};

/** The event store in PostgreSQL, with the projections that it feeds. */
export const postgresEventStore = (
  database: Pick<Database, 'pool'>,
  projections: readonly Projection[],
): EventStore => {
  const division = new Division();
  const learn = (layout: Partitioning): void => division.learn(layout);
  const attempt = async <T>(layout: Partitioning, work: (tx: EventStoreTransaction) => Promise<T>): Promise<T> => {
    const tellings: (() => void)[] = [];
    const onceCommitted = (tell: () => void): void => void tellings.push(tell);
    const result = await runTransaction(database.pool, (tx, defer) =>
      work(transactionOn({ tx, defer, projections, layout, learn, onceCommitted })),
    );
    for (const tell of tellings) tell();
    return result;
  };
  return {
    transaction: (work) => division.goBy((layout) => attempt(layout, work)),
    // What was stored while there was one writer, nobody stored at the same time.
    settle: async (batch) => (division.layout.most === 1 ? {} : settleAll(database, projections, batch)),
  };
};
