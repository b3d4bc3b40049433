import type { EventStore, EventStoreTransaction } from '../../../src/audit/index.ts';
import { EVERYTHING, prepareAll, projectionsInto, type StoredRecorded } from '../../../src/projection/index.ts';
import { READ_MODELS } from '../../../src/read/index.ts';
import { type Blocked, isBlocked } from '../engine/scheduler.ts';
import type { Connection } from './connection.ts';
import { memoryStorage } from './storage.ts';
import type { Transaction } from './transaction.ts';

type Recorded = Parameters<EventStoreTransaction['append']>[0][number];
type Stored = Awaited<ReturnType<EventStoreTransaction['append']>>;

const WRITER = { name: 'audit.writer' };

/** INSERT … ON CONFLICT DO NOTHING; goes on where it had to wait. */
const append = ({ database }: Connection, tx: Transaction, recorded: readonly Recorded[]): (() => Stored | Blocked) => {
  const { events } = database;
  const stored: StoredRecorded[] = [];
  const left = [...recorded];
  return () => {
    const after = [...events.committed.values()].reduce(
      (last, { position }) => (position > last ? position : last),
      0n,
    );
    for (let next = left[0]; next !== undefined; next = left[0]) {
      const { eventId } = next.envelope;
      const lock = tx.lock(events, eventId);
      if (isBlocked(lock)) return lock;
      if (tx.read(events, eventId) === undefined) {
        const position = database.nextEventPosition();
        const added = { ...next, position, recordedAt: database.now().toISOString() };
        tx.write(events, eventId, added);
        stored.push(added);
      }
      left.shift();
    }
    const last = stored.at(-1);
    return {
      advances: last === undefined ? [] : [{ partition: 0, after, position: last.position }],
      events: stored,
    };
  };
};

const highestVersion = ({ database }: Connection, aggregateId: string, producer: string): number =>
  [...database.events.committed.values()]
    .filter(({ envelope }) => envelope.aggregateId === aggregateId && envelope.producer === producer)
    .reduce((highest, { envelope }) => Math.max(highest, envelope.version ?? 0), 0);

const transactionOn = (connection: Connection, tx: Transaction): EventStoreTransaction => {
  const { events } = connection.database;
  const query = <T>(label: string, effect: () => T | Blocked): Promise<T> =>
    connection.queryIn(tx, `audit ${label}`, effect);
  const projections = projectionsInto(READ_MODELS, memoryStorage(connection));
  return {
    becomeOnlyWriter: () =>
      query('lock', () => {
        const lock = tx.lock(WRITER, '');
        return isBlocked(lock) ? lock : undefined;
      }),
    storedIds: (ids) => query('stored ids', () => new Set(ids.filter((id) => events.committed.has(id)))),
    highestVersions: (of) =>
      query('highest versions', () =>
        of
          .map((each) => ({ ...each, version: highestVersion(connection, each.aggregateId, each.producer) }))
          .filter(({ version }) => version > 0),
      ),
    append: (recorded) => query('append', append(connection, tx, recorded)),
    prepare: async (batch) => {
      const fold = await prepareAll(tx, projections, { batch, below: EVERYTHING });
      return async (stored) => (await fold(stored)).changes;
    },
  };
};

/** The event store and the read models on the simulated database. */
export const memoryEventStore = (connection: Connection): EventStore => ({
  transaction: (work) => connection.transaction((tx) => transactionOn(connection, tx), work),
});
