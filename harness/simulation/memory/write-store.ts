import type { AppendRequest, AppendRow, ClaimedTask, Task, WriteStore } from '../../../src/write/index.ts';
import { type Blocked, isBlocked } from '../engine/scheduler.ts';
import type { Connection } from './connection.ts';
import { type MemoryDatabase, type TaskRow } from './database.ts';
import { loadFrom } from './load.ts';
import { openCartsIn } from './open-carts.ts';
import { type Transaction, uniqueViolation } from './transaction.ts';

const LEASE_MS = 3_000;

const taskKey = ({ orderId, kind }: { readonly orderId: string; readonly kind: string }): string =>
  `${orderId} ${kind}`;

/** What the statement decides on the state that it found when it began. */
const decide = ({ write, now }: Deciding, { idempotency, heads }: AppendRequest): AppendRow => {
  const stored = idempotency === null ? undefined : write.keys.committed.get(idempotency.key);
  const isOvertaken = ({ aggregateId, expectedSequence }: AppendRequest['heads'][number]): boolean =>
    write.rowAt(aggregateId, expectedSequence + 1) !== undefined ||
    (expectedSequence > 0 && write.rowAt(aggregateId, expectedSequence) === undefined);
  const head = heads.find(isOvertaken);
  const next = head === undefined ? undefined : write.rowAt(head.aggregateId, head.expectedSequence + 1);
  return {
    request_hash: stored?.hash ?? null,
    result: stored?.result ?? null,
    is_overtaken: head !== undefined,
    next_event_id: next?.envelope.eventId ?? null,
    occurred_at: next === undefined ? now : new Date(next.envelope.occurredAt),
  };
};

interface Deciding {
  readonly write: MemoryDatabase['write'];
  readonly now: Date;
}

/** The rows of one request, in the order in which they are written; each returns whom it has to wait for, if anybody. */
const writesOf = (database: MemoryDatabase, request: AppendRequest, now: Date) => {
  const { write, tasks } = database;
  const entries = request.entries.map(({ envelope, sequence, received }) => (tx: Transaction) => {
    const occurredAt = received ? envelope.occurredAt : now.toISOString();
    return write.insert(tx, { sequence, received, envelope: { ...envelope, occurredAt } });
  });
  const { idempotency } = request;
  const key = idempotency === null ? [] : [(tx: Transaction) => insertKey(database, tx, idempotency)];
  const scheduled = request.schedule.map((task) => (tx: Transaction) => {
    const lock = tx.lock(tasks, taskKey(task));
    if (isBlocked(lock)) return lock;
    tx.write(tasks, taskKey(task), taskRow(task, now));
    return null;
  });
  const gone = request.unschedule.map((task) => (tx: Transaction) => {
    const lock = tx.lock(tasks, taskKey(task));
    if (isBlocked(lock)) return lock;
    tx.delete(tasks, taskKey(task));
    return null;
  });
  return [...entries, ...key, ...scheduled, ...gone, ...methodWrites(database, request)];
};

const methodWrites = ({ methods: kept }: MemoryDatabase, { methods: { keep, forget } }: AppendRequest) => {
  const locked = (orderId: string, write: (tx: Transaction) => void) => (tx: Transaction) => {
    const lock = tx.lock(kept, orderId);
    if (isBlocked(lock)) return lock;
    write(tx);
    return null;
  };
  return [
    ...keep.map(({ orderId, reference }) => locked(orderId, (tx) => tx.write(kept, orderId, reference))),
    ...forget.map((orderId) => locked(orderId, (tx) => tx.delete(kept, orderId))),
  ];
};

const insertKey = ({ write }: MemoryDatabase, tx: Transaction, { key, requestHash, result }: Key): Blocked | null => {
  const lock = tx.lock(write.keys, key);
  if (isBlocked(lock)) return lock;
  if (write.keys.committed.has(key)) throw uniqueViolation(key);
  tx.write(write.keys, key, { hash: requestHash, result });
  return null;
};

type Key = NonNullable<AppendRequest['idempotency']>;

const taskRow = ({ kind, orderId, due, payload }: Task, now: Date): TaskRow => {
  const attempts = 'takenForMs' in due ? 1 : 0;
  return { kind, orderId, dueAtMs: dueAt(due, now), attempts, payload };
};

const dueAt = (due: Task['due'], now: Date): number => {
  if ('at' in due) return Date.parse(due.at);
  return now.getTime() + ('afterMs' in due ? due.afterMs : due.takenForMs);
};

const openAppend =
  (connection: Connection): WriteStore['appendBatch'] =>
  (requests) =>
    connection.statement('append', async (moment, tx) => {
      const { database } = connection;
      const { rows, writes } = await moment('decide', () => {
        const now = database.now();
        const decided = requests.map((request) => decide({ write: database.write, now }, request));
        const accepted = requests.filter(
          (_, nth) => decided[nth]?.request_hash === null && !decided[nth]?.is_overtaken,
        );
        return { rows: decided, writes: accepted.flatMap((request) => writesOf(database, request, now)) };
      });
      await moment('write', () => writeAll(tx, writes));
      return moment('commit', () => {
        tx.commit();
        return rows;
      });
    });

/** Goes on where it had to wait. */
const writeAll = (tx: Transaction, writes: ReturnType<typeof writesOf>): Blocked | null => {
  for (let write = writes[0]; write !== undefined; write = writes[0]) {
    const blocked = write(tx);
    if (blocked !== null) return blocked;
    writes.shift();
  }
  return null;
};

const claimDue = (
  database: MemoryDatabase,
  { kinds, limit }: Parameters<WriteStore['claimDueTasks']>[0],
): readonly ClaimedTask[] => {
  const { tasks, locks } = database;
  const nowMs = database.now().getTime();
  const due = [...tasks.committed.values()]
    .filter(({ kind }) => kinds.includes(kind.split(':', 1)[0] ?? kind))
    .filter((task) => task.dueAtMs <= nowMs && !locks.holders.has(`${tasks.name} ${taskKey(task)}`))
    .toSorted((one, other) => one.dueAtMs - other.dueAtMs)
    .slice(0, limit);
  return due.map((task) => {
    const { orderId, kind, payload, attempts } = task;
    tasks.committed.set(taskKey(task), { ...task, dueAtMs: nowMs + LEASE_MS, attempts: attempts + 1 });
    return { orderId, kind, payload, earlierAttempts: attempts, isJustWritten: false };
  });
};

export const memoryWriteStore = (connection: Connection): WriteStore => {
  const { database } = connection;
  const { write, tasks } = database;
  return {
    appendBatch: openAppend(connection),
    loadAggregates: (wanted) => connection.query('load', () => wanted.map((each) => loadFrom(write, each))),
    keptMethods: (orderIds) =>
      connection.query('kept methods', () => {
        const { committed } = database.methods;
        return new Map(orderIds.flatMap((id) => (committed.has(id) ? [[id, committed.get(id) ?? '']] : [])));
      }),
    openCartsOf: (customerId) => connection.query('open carts', () => openCartsIn(write, customerId)),
    knownEventIds: (ids) =>
      connection.query('known ids', () => new Set(ids.filter((id) => write.eventIds.committed.has(id)))),
    leaseMs: LEASE_MS,
    claimDueTasks: (claim) => connection.query('claim tasks', () => claimDue(database, claim)),
    postponeTask: (task, delayMs) =>
      connection.query('postpone', () => {
        const row = tasks.committed.get(taskKey(task));
        const dueAtMs = database.now().getTime() + delayMs;
        if (row !== undefined) tasks.committed.set(taskKey(task), { ...row, dueAtMs });
      }),
  };
};
