import { inKeyOrder, type Table as ReadTable, type Rows } from '../../../src/projection/index.ts';
import { isBlocked } from '../engine/scheduler.ts';
import type { Connection } from './connection.ts';
import { type Table, type Transaction, uniqueViolation } from './transaction.ts';

const keyOf = <Row>({ key }: ReadTable<Row>, row: Pick<Row, keyof Row>): string =>
  key.map((field) => String(row[field])).join(' ');

export const rowsWhere = <Row>(tx: Transaction, table: Table<Row>, isWanted: (row: Row) => boolean): readonly Row[] =>
  tx
    .keys(table)
    .flatMap((key) => tx.read(table, key) ?? [])
    .filter(isWanted);

/** The row with the sum of these fields. */
const added = <Row>(row: Row, other: Row, fields: readonly (keyof Row)[]): Row => ({
  ...row,
  ...Object.fromEntries(fields.map((field) => [field, Number(row[field]) + Number(other[field])])),
});

/** The row as it is written over what was known: some fields stay as they are. */
const keeping = <Row>({ kept = [] }: ReadTable<Row>, row: Row, known: Row | undefined): Row =>
  known === undefined || known === null
    ? row
    : { ...row, ...Object.fromEntries(kept.map((field) => [field, known[field] ?? row[field]])) };

/** UPDATE of what a SELECT … FOR UPDATE found, in the order of the keys. */
const moving =
  <Row>(connection: Connection, table: ReadTable<Row>): Rows<Transaction, Row>['moving'] =>
  (field, patience) =>
  (tx, moves) => {
    const kept = connection.database.readTable(table);
    const goals = new Map(moves.map(({ from, to }) => [from, to]));
    const isMeant = (row: Row): boolean => goals.has(String(row[field]));
    let found: string[] | null = null;
    const moved: string[] = [];
    return connection.queryIn<readonly string[]>(tx, `${table.name} move`, () => {
      found ??= rowsWhere(tx, kept, isMeant)
        .map((row) => keyOf(table, row))
        .toSorted();
      for (let key = found[0]; key !== undefined; key = found[0]) {
        if (patience === 'Wait' || !tx.isLocked(kept, key)) {
          const lock = tx.lock(kept, key);
          if (isBlocked(lock)) return lock;
          const row = tx.read(kept, key);
          if (row !== undefined && row !== null && isMeant(row)) {
            tx.write(kept, key, { ...row, [field]: goals.get(String(row[field])) });
            moved.push(key);
          }
        }
        found.shift();
      }
      return moved;
    });
  };

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

/** INSERT … ON CONFLICT DO UPDATE, or UPDATE: goes on where it had to wait for a row. */
const changing = <Row>(connection: Connection, table: ReadTable<Row>) => {
  const kept = connection.database.readTable(table);
  const inOrder = table.isShared === true ? inKeyOrder(table) : (rows: readonly Row[]) => rows;
  const change =
    <Given>(
      key: (given: Given) => string,
      changed: (given: Given, known: (key: string) => Row | undefined) => Row | undefined,
    ) =>
    (tx: Transaction, given: readonly Given[]): Promise<void> => {
      const left = [...given];
      return connection.queryIn<void>(tx, `${table.name} write`, () => {
        for (let each = left[0]; each !== undefined; each = left[0]) {
          const lock = tx.lock(kept, key(each));
          if (isBlocked(lock)) return lock;
          const row = changed(each, (known) => tx.read(kept, known));
          if (row !== undefined) tx.write(kept, keyOf(table, row), row);
          left.shift();
        }
        return undefined;
      });
    };
  const changeRows = (changed: (given: Row, known: (key: string) => Row | undefined) => Row | undefined) => {
    const write = change((row: Row) => keyOf(table, row), changed);
    return (tx: Transaction, rows: readonly Row[]): Promise<void> => write(tx, inOrder(rows));
  };
  return { change, changeRows };
};

/** The rows of a table on the simulated database; each write is a statement, as in PostgreSQL. */
export const memoryRows = <Row>(connection: Connection, table: ReadTable<Row>): Rows<Transaction, Row> => {
  const kept = connection.database.readTable(table);
  const { change, changeRows } = changing(connection, table);
  const knownAs = (row: Row, known: (key: string) => Row | undefined) => known(keyOf(table, row));
  return {
    load: (tx, keys) =>
      connection.queryIn(tx, `${table.name} load`, () => [...new Set(keys)].flatMap((key) => tx.read(kept, key) ?? [])),
    having: (field) => (tx, values) =>
      connection.queryIn(tx, `${table.name} load`, () =>
        rowsWhere(tx, kept, (row) => values.includes(String(row[field]))),
      ),
    write: changeRows((row, known) => keeping(table, row, knownAs(row, known))),
    insert: changeRows((row, known) => {
      if (knownAs(row, known) !== undefined) throw uniqueViolation(`${table.name} ${keyOf(table, row)}`);
      return row;
    }),
    adding: (fields) =>
      changeRows((row, known) => {
        const before = knownAs(row, known);
        return before === undefined ? row : added(before, row, fields);
      }),
    replacing: <F extends keyof Row & string>([key]: readonly F[]) => {
      const keyIn = (given: Pick<Row, F>): string => (key === undefined ? '' : String(given[key]));
      return change(keyIn, (given: Pick<Row, F>, known) => {
        const before = known(keyIn(given));
        return before === undefined ? undefined : { ...before, ...given };
      });
    },
    moving: moving(connection, table),
    ...removing(connection, table),
  };
};
