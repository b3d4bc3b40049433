import type { CallsDue, ClaimedCalls, PutOff } from '../../../src/saga/index.ts';
import { type Blocked, isBlocked } from '../engine/scheduler.ts';
import type { MemoryDatabase, RemoteTaskRow } from './database.ts';
import type { Transaction } from './transaction.ts';

export const LEASE_MS = 3_000;

type Effect = () => Blocked | undefined;

/** UPDATE of one row, where there is one. */
const change =
  (tx: Transaction, { remoteTasks }: MemoryDatabase, changed: readonly [string, Change]): Effect =>
  () => {
    const [orderId, changeRow] = changed;
    const lock = tx.lock(remoteTasks, orderId);
    if (isBlocked(lock)) return lock;
    const row = tx.read(remoteTasks, orderId);
    const next = changeRow(row);
    if (next === undefined && row !== undefined) tx.delete(remoteTasks, orderId);
    if (next !== undefined) tx.write(remoteTasks, orderId, next);
    return undefined;
  };

type Change = (row: RemoteTaskRow | undefined) => RemoteTaskRow | undefined;

/** INSERT … ON CONFLICT DO UPDATE, in the order of the orders' ids. */
export const scheduleCalls = (tx: Transaction, database: MemoryDatabase, due: readonly CallsDue[]): Effect => {
  const left = due.toSorted((one, other) => (one.orderId < other.orderId ? -1 : 1));
  return () => {
    for (let next = left[0]; next !== undefined; next = left[0]) {
      const { orderId, answerBy } = next;
      const dueAtMs = database.now().getTime();
      const fresh = { orderId, dueAtMs, answerByMs: Date.parse(answerBy), attempts: 0, isClaimed: false };
      const changed: Change = (row) => (row === undefined ? fresh : row.isClaimed ? row : { ...row, dueAtMs });
      const blocked = change(tx, database, [orderId, changed])();
      if (blocked !== undefined) return blocked;
      left.shift();
    }
    return undefined;
  };
};

/** One statement on several rows, of orders that are locked. */
const changeAll = (
  tx: Transaction,
  database: MemoryDatabase,
  changes: readonly (readonly [string, Change])[],
): Effect => {
  const left = [...changes];
  return () => {
    for (let next = left[0]; next !== undefined; next = left[0]) {
      const blocked = change(tx, database, next)();
      if (blocked !== undefined) return blocked;
      left.shift();
    }
    return undefined;
  };
};

export const keepCalls = (tx: Transaction, database: MemoryDatabase, orderIds: readonly string[]): Effect => {
  const leased = { dueAtMs: database.now().getTime() + LEASE_MS, isClaimed: true };
  const keep: Change = (row) => (row === undefined ? undefined : { ...row, ...leased });
  return changeAll(
    tx,
    database,
    orderIds.map((orderId) => [orderId, keep]),
  );
};

export const endCalls = (tx: Transaction, database: MemoryDatabase, orderIds: readonly string[]): Effect =>
  changeAll(
    tx,
    database,
    orderIds.map((orderId) => [orderId, () => undefined]),
  );

/** Half of them those that wait longest, half the newest. */
const bothEnds = <T>(rows: readonly T[], limit: number): readonly T[] =>
  rows.filter((_, nth) => nth < Math.ceil(limit / 2) || nth >= rows.length - Math.floor(limit / 2));

/** One statement: it passes over the rows that somebody has locked. */
export const claimCalls = (database: MemoryDatabase, limit: number): readonly ClaimedCalls[] => {
  const { remoteTasks, locks } = database;
  const nowMs = database.now().getTime();
  const due = [...remoteTasks.committed.values()]
    .filter(({ dueAtMs, orderId }) => dueAtMs <= nowMs && !locks.holders.has(`${remoteTasks.name} ${orderId}`))
    .toSorted((one, other) => one.dueAtMs - other.dueAtMs);
  return bothEnds(due, limit).map((row) => {
    const { orderId, attempts } = row;
    remoteTasks.committed.set(orderId, {
      ...row,
      dueAtMs: nowMs + LEASE_MS,
      attempts: attempts + 1,
      isClaimed: true,
    });
    return { orderId, earlierAttempts: attempts };
  });
};

export const putOffCallsIn = (tx: Transaction, database: MemoryDatabase, putOff: readonly PutOff[]): Effect => {
  const later =
    ({ delayMs, attempts }: PutOff): Change =>
    (row) => {
      if (row === undefined) return undefined;
      const nowMs = database.now().getTime();
      const atLatest = row.answerByMs > nowMs ? row.answerByMs : Number.POSITIVE_INFINITY;
      return { ...row, isClaimed: false, attempts, dueAtMs: Math.min(nowMs + delayMs, atLatest) };
    };
  return changeAll(
    tx,
    database,
    putOff.map((each) => [each.orderId, later(each)]),
  );
};

export const putOffCalls = (database: MemoryDatabase, putOff: PutOff): Effect => {
  const tx = database.begin();
  const effect = putOffCallsIn(tx, database, [putOff]);
  return () => {
    const blocked = effect();
    if (blocked === undefined) tx.commit();
    return blocked;
  };
};
