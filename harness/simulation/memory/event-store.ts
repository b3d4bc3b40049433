import {
  DividedAnew,
  Division,
  type EventStore,
  type EventStoreTransaction,
  partitionsOf,
  placeOf,
} from '../../../src/audit/index.ts';
import type { Partitioning } from '../../../src/events/index.ts';
import {
  type Advance,
  type Changes,
  EVERYTHING,
  type Projection,
  prepareAll,
  projectionsInto,
} from '../../../src/projection/index.ts';
import { READ_MODELS } from '../../../src/read/index.ts';
import { type Blocked, isBlocked } from '../engine/scheduler.ts';
import type { Connection } from './connection.ts';
import type { StoredInPartition } from './database.ts';
import { memoryStorage } from './storage.ts';
import { DatabaseError, type Transaction } from './transaction.ts';

type Recorded = Parameters<EventStoreTransaction['append']>[0][number];
type Stored = Awaited<ReturnType<EventStoreTransaction['append']>>;

const WRITERS = { name: 'audit.writers' };
const PARTITION = { name: 'audit.partition' };

const firstBlocked = (...locks: readonly (() => true | Blocked)[]): Blocked | undefined => {
  for (const lock of locks) {
    const answer = lock();
    if (isBlocked(answer)) return answer;
  }
  return undefined;
};

/** By how the store is divided, far from everybody who stores. */
export const dividing =
  ({ database }: Connection, tx: Transaction, partitions: number) =>
  (): Blocked | undefined => {
    const blocked = firstBlocked(() => tx.lock(WRITERS, ''));
    if (blocked !== undefined) return blocked;
    tx.atCommit(() => database.divide(partitions));
    return undefined;
  };

const advancesOf = (stored: readonly StoredInPartition[], before: readonly StoredInPartition[]): readonly Advance[] =>
  [...Map.groupBy(stored, ({ partition }) => partition)]
    .map(([partition, each]) => ({
      partition,
      after: before
        .filter((event) => event.partition === partition)
        .reduce((last, { position }) => (position > last ? position : last), 0n),
      position: each.at(-1)?.position ?? 0n,
    }))
    .toSorted((one, other) => one.partition - other.partition);

/** INSERT … ON CONFLICT DO NOTHING; goes on where it had to wait. */
const append = (
  { database }: Connection,
  { tx, layout }: Pick<Parts, 'tx' | 'layout'>,
  recorded: readonly Recorded[],
): (() => Stored | Blocked) => {
  const { events } = database;
  const stored: StoredInPartition[] = [];
  const left = [...recorded];
  return () => {
    if (database.partitioning.partitions !== layout.partitions) throw new DividedAnew(database.partitioning);
    const before = [...events.committed.values()];
    for (let next = left[0]; next !== undefined; next = left[0]) {
      const { eventId } = next.envelope;
      const lock = tx.lock(events, eventId);
      if (isBlocked(lock)) return lock;
      if (tx.read(events, eventId) === undefined) {
        const position = database.nextEventPosition();
        const partition = placeOf(next, layout);
        const added = { ...next, position, partition, recordedAt: database.now().toISOString() };
        tx.write(events, eventId, added);
        stored.push(added);
      }
      left.shift();
    }
    return { advances: advancesOf(stored, before), events: stored };
  };
};

const highestVersion = ({ database }: Connection, aggregateId: string, producer: string): number =>
  [...database.events.committed.values()]
    .filter(({ envelope }) => envelope.aggregateId === aggregateId && envelope.producer === producer)
    .reduce((highest, { envelope }) => Math.max(highest, envelope.version ?? 0), 0);

interface Parts {
  readonly tx: Transaction;
  readonly layout: Partitioning;
  readonly projections: readonly Projection<Transaction>[];
}

const transactionOn = (connection: Connection, { tx, layout, projections }: Parts): EventStoreTransaction => {
  const { database } = connection;
  const { events } = database;
  const query = <T>(label: string, effect: () => T | Blocked): Promise<T> =>
    connection.queryIn(tx, `audit ${label}`, effect);
  return {
    becomeWriter: (batch) =>
      query('lock', () => {
        if (database.locks.sharers.get(`${WRITERS.name} `)?.size) database.count('stored beside others');
        return firstBlocked(
          () => tx.share(WRITERS, ''),
          ...partitionsOf(batch, layout).map((partition) => () => tx.lock(PARTITION, String(partition))),
        );
      }),
    storedIds: (ids) => query('stored ids', () => new Set(ids.filter((id) => events.committed.has(id)))),
    highestVersions: (of) =>
      query('highest versions', () =>
        of
          .map((each) => ({ ...each, version: highestVersion(connection, each.aggregateId, each.producer) }))
          .filter(({ version }) => version > 0),
      ),
    append: (recorded) => query('append', append(connection, { tx, layout }, recorded)),
    prepare: async (batch) => {
      const writers = layout.partitions === 1 ? 'One' : 'Several';
      const fold = await prepareAll(tx, projections, { batch, below: EVERYTHING, writers });
      return async (stored) => (await fold(stored)).changes;
    },
  };
};

/** The event store and the read models on the simulated database. */
export const memoryEventStore = (connection: Connection): EventStore => {
  const division = new Division();
  const projections = projectionsInto(READ_MODELS, memoryStorage(connection));
  const settleOne = async (
    { name, settling }: Projection<Transaction>,
    batch: readonly Recorded[],
  ): Promise<Changes> => {
    const settle = settling?.(batch) ?? null;
    const ids = settle === null ? [] : await connection.transaction((tx) => tx, settle);
    return ids.length === 0 ? {} : { [name]: ids };
  };
  const { database } = connection;
  return {
    transaction: (work) =>
      division.goBy(async (layout) => {
        const parts = { layout, projections };
        const done = await connection
          .transaction((tx) => transactionOn(connection, { tx, ...parts }), work)
          .catch((error: unknown) => {
            if (error instanceof DatabaseError && error.code === '40P01') database.count('rings of writers');
            throw error;
          });
        division.learn(database.partitioning);
        return done;
      }),
    settle: async (batch) => {
      if (division.layout.most === 1) return {};
      const all = await Promise.all(projections.map((projection) => settleOne(projection, batch)));
      return Object.fromEntries(all.flatMap((changes) => Object.entries(changes)));
    },
  };
};
