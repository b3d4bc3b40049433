import type { Table as ReadTable, Rows, Storage, StoredEvents, StoredRecorded } from '../../../src/projection/index.ts';
import type { Connection } from './connection.ts';
import { type Table, type Transaction, uniqueViolation } from './transaction.ts';

const keyOf = <Row>({ key }: ReadTable<Row>, row: Pick<Row, keyof Row>): string =>
  key.map((field) => String(row[field])).join(' ');

const rowsWhere = <Row>(tx: Transaction, table: Table<Row>, isWanted: (row: Row) => boolean): readonly Row[] =>
  tx
    .keys(table)
    .flatMap((key) => tx.read(table, key) ?? [])
    .filter(isWanted);

/** The row with the sum of these fields. */
const added = <Row>(row: Row, other: Row, fields: readonly (keyof Row)[]): Row => ({
  ...row,
  ...Object.fromEntries(fields.map((field) => [field, Number(row[field]) + Number(other[field])])),
});

const removing = <Row>(
  connection: Connection,
  table: ReadTable<Row>,
): Pick<Rows<Transaction, Row>, 'remove' | 'removeEmpty' | 'removeBelow'> => {
  const kept = connection.database.readTable(table);
  const removeWhere =
    <Given>(isMeant: (row: Row, given: Given) => boolean) =>
    (tx: Transaction, all: readonly Given[]): Promise<void> =>
      connection.queryIn(tx, `${table.name} write`, () => {
        const isOneMeant = (row: Row): boolean => all.some((given) => isMeant(row, given));
        // Most of the time there are none, and a look through all rows is long.
        const meant = all.length === 0 ? [] : rowsWhere(tx, kept, isOneMeant);
        for (const row of meant) tx.delete(kept, keyOf(table, row));
      });
  const hasKeyOf = (row: Row, given: Row): boolean => keyOf(table, row) === keyOf(table, given);
  return {
    remove: removeWhere(hasKeyOf),
    removeEmpty: (field) => removeWhere((row, given) => hasKeyOf(row, given) && Number(row[field]) === 0),
    removeBelow: ([same, lower]) =>
      removeWhere((row, bound) => row[same] === bound[same] && String(row[lower]) < String(bound[lower])),
  };
};

/** The rows of a table on the simulated database; each write is a statement, as in PostgreSQL. */
const memoryRows = <Row>(connection: Connection, table: ReadTable<Row>): Rows<Transaction, Row> => {
  const kept = connection.database.readTable(table);
  const change =
    <Given>(changed: (given: Given, known: (key: string) => Row | undefined) => Row | undefined) =>
    (tx: Transaction, given: readonly Given[]): Promise<void> =>
      connection.queryIn(tx, `${table.name} write`, () => {
        for (const each of given) {
          const row = changed(each, (key) => tx.read(kept, key));
          if (row !== undefined) tx.write(kept, keyOf(table, row), row);
        }
      });
  const knownAs = (row: Row, known: (key: string) => Row | undefined) => known(keyOf(table, row));
  return {
    load: (tx, keys) =>
      connection.queryIn(tx, `${table.name} load`, () => [...new Set(keys)].flatMap((key) => tx.read(kept, key) ?? [])),
    having: (field) => (tx, values) =>
      connection.queryIn(tx, `${table.name} load`, () =>
        rowsWhere(tx, kept, (row) => values.includes(String(row[field]))),
      ),
    write: change((row: Row) => row),
    insert: change((row: Row, known) => {
      if (knownAs(row, known) !== undefined) throw uniqueViolation(`${table.name} ${keyOf(table, row)}`);
      return row;
    }),
    adding: (fields) =>
      change((row: Row, known) => {
        const before = knownAs(row, known);
        return before === undefined ? row : added(before, row, fields);
      }),
    replacing: ([key]) =>
      change((given, known) => {
        const before = key === undefined ? undefined : known(String(given[key]));
        return before === undefined ? undefined : { ...before, ...given };
      }),
    ...removing(connection, table),
  };
};

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

/** The read models on the simulated database, beside the event store. */
export const memoryStorage = (connection: Connection): Storage<Transaction> => ({
  rows: (table) => memoryRows(connection, table),
  events: memoryEvents(connection),
});
