import { type Blocked, isBlocked } from '../engine/scheduler.ts';
import { type Table, type Transaction, uniqueViolation } from './transaction.ts';

/** SELECT … FOR UPDATE, in the order of the keys: the rows that are there when it begins, as they are once it has them. */
export const lockRows = <Row>(
  tx: Transaction,
  table: Table<Row>,
  keys: readonly string[],
): (() => Map<string, Row> | Blocked) => {
  let toLock: readonly string[] | null = null;
  return () => {
    toLock ??= keys.filter((key) => tx.read(table, key) !== undefined).toSorted();
    for (const key of toLock) {
      const lock = tx.lock(table, key);
      if (isBlocked(lock)) return lock;
    }
    const rows = new Map<string, Row>();
    for (const key of toLock) {
      const row = tx.read(table, key);
      if (row !== undefined) rows.set(key, row);
    }
    return rows;
  };
};

/** INSERT … ON CONFLICT DO NOTHING, in the order of the keys; returns how many were not there. */
export const insertMissing = <Row>(
  tx: Transaction,
  table: Table<Row>,
  rows: readonly (readonly [string, Row])[],
): (() => number | Blocked) => {
  let inserted = 0;
  const left = rows.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return () => {
    for (let row = left[0]; row !== undefined; row = left[0]) {
      const [key, value] = row;
      const lock = tx.read(table, key) === undefined ? tx.lock(table, key) : true;
      if (isBlocked(lock)) return lock;
      if (tx.read(table, key) === undefined) {
        tx.write(table, key, value);
        inserted += 1;
      }
      left.shift();
    }
    return inserted;
  };
};

/** INSERT, in the order of the keys. @throws a unique violation when one is there already */
export const insertNew = <Row>(
  tx: Transaction,
  table: Table<Row>,
  rows: readonly (readonly [string, Row])[],
): (() => Blocked | undefined) => {
  const insert = insertMissing(tx, table, rows);
  return () => {
    const inserted = insert();
    if (isBlocked(inserted)) return inserted;
    if (inserted < rows.length) throw uniqueViolation(table.name);
    return undefined;
  };
};

/** UPDATE, or INSERT … ON CONFLICT DO UPDATE. */
export const writeRows =
  <Row>(tx: Transaction, table: Table<Row>, rows: readonly (readonly [string, Row])[]): (() => Blocked | undefined) =>
  () => {
    for (const [key, row] of rows) {
      const lock = tx.lock(table, key);
      if (isBlocked(lock)) return lock;
      tx.write(table, key, row);
    }
    return undefined;
  };
