import type { CallsDue, ClaimedCalls } from '../../../src/saga/index.ts';
import { type Blocked, isBlocked } from '../engine/scheduler.ts';
import type { MemoryDatabase, RemoteTaskRow } from './database.ts';
import type { Transaction } from './transaction.ts';

const LEASE_MS = 3_000;

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

export const keepCalls = (tx: Transaction, database: MemoryDatabase, orderId: string): Effect => {
  const leased = { dueAtMs: database.now().getTime() + LEASE_MS, attempts: 1, isClaimed: true };
  return change(tx, database, [orderId, (row) => (row === undefined ? undefined : { ...row, ...leased })]);
};

export const endCalls = (tx: Transaction, database: MemoryDatabase, orderId: string): Effect =>
  change(tx, database, [orderId, () => undefined]);

/** One statement: it passes over the rows that somebody has locked. */
export const claimCalls = (database: MemoryDatabase, limit: number): readonly ClaimedCalls[] => {
  const { remoteTasks, locks } = database;
  const nowMs = database.now().getTime();
  const due = [...remoteTasks.committed.values()]
    .filter(({ dueAtMs, orderId }) => dueAtMs <= nowMs && !locks.holders.has(`${remoteTasks.name} ${orderId}`))
    .toSorted((one, other) => one.dueAtMs - other.dueAtMs)
    .slice(0, limit);
  return due.map((row) => {
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

export const putOffCalls = (database: MemoryDatabase, orderId: string, delayMs: number): Effect => {
  const tx = database.begin();
  const putOff = (row: RemoteTaskRow): RemoteTaskRow => {
    const nowMs = database.now().getTime();
    const atLatest = row.answerByMs > nowMs ? row.answerByMs : Number.POSITIVE_INFINITY;
    return { ...row, isClaimed: false, dueAtMs: Math.min(nowMs + delayMs, atLatest) };
  };
  const effect = change(tx, database, [orderId, (row) => (row === undefined ? undefined : putOff(row))]);
  return () => {
    const blocked = effect();
    if (blocked === undefined) tx.commit();
    return blocked;
  };
};
