import type { Storage, StoredEvents, StoredRecorded } from '../../../src/projection/index.ts';
import { isBlocked } from '../engine/scheduler.ts';
import type { Connection } from './connection.ts';
import { memoryRows, rowsWhere } from './read-rows.ts';
import type { Transaction } from './transaction.ts';

const memoryEvents = (connection: Connection): StoredEvents<Transaction> => {
  const { database } = connection;
  const eventsIn = (tx: Transaction, isWanted: (recorded: StoredRecorded) => boolean) =>
    connection.queryIn(tx, 'events', () =>
      rowsWhere(tx, database.events, isWanted).toSorted((one, other) => Number(one.position - other.position)),
    );
  return {
    waiting: (table, aggregateType) => (tx, ids, below) =>
      eventsIn(
        tx,
        ({ envelope: { aggregateId: id, aggregateType: type, version }, position }) =>
          type === aggregateType &&
          ids.includes(id) &&
          (version ?? 0) > (tx.read(database.readTable(table), id)?.version ?? 0) &&
          position < below,
      ),
    atVersions: (type) => (tx, places, upTo) =>
      eventsIn(
        tx,
        ({ envelope, event, position }) =>
          event.type === type &&
          position <= upTo &&
          places.some(({ id, version }) => id === envelope.aggregateId && version === envelope.version),
      ),
  };
};

const CLOCK = { name: 'read.clock' };

/** The read models on the simulated database, beside the event store. */
export const memoryStorage = (connection: Connection): Storage<Transaction> => ({
  rows: (table) => memoryRows(connection, table),
  events: memoryEvents(connection),
  clock: {
    hold: (tx, purpose) =>
      connection.queryIn<void>(tx, 'hold clock', () => {
        const lock = purpose === 'Set' ? tx.lock(CLOCK, '') : tx.share(CLOCK, '');
        return isBlocked(lock) ? lock : undefined;
      }),
  },
});
