import { sql } from 'kysely';
import type { Db } from '../../database/index.ts';
import type { TaskKey } from '../../journal/index.ts';

/** A task that this process has taken on, until its lease ends. */
export interface ClaimedTask extends TaskKey {
  /** How often it was taken on before. */
  readonly earlierAttempts: number;
  readonly payload: object;
}

const LEASE_MS = 30_000;

interface Claim {
  readonly limit: number;
  readonly leaseMs?: number;
}

const inMs = (delayMs: number) => sql<Date>`now() + ${delayMs} * interval '1 millisecond'`;

/** Takes on tasks that are due, by the database's clock; nobody else gets them before the lease ends. */
export const claimDueTasks = async (db: Db, { limit, leaseMs = LEASE_MS }: Claim): Promise<readonly ClaimedTask[]> => {
  const due = db
    .selectFrom('write.task')
    .select(['order_id', 'kind'])
    .where('due_at', '<=', sql<Date>`now()`)
    .orderBy('due_at')
    .limit(limit)
    .forUpdate()
    .skipLocked();
  const rows = await db
    .updateTable('write.task')
    .set({ due_at: inMs(leaseMs), attempts: sql<number>`attempts + 1` })
    .from(due.as('due'))
    .whereRef('write.task.order_id', '=', 'due.order_id')
    .whereRef('write.task.kind', '=', 'due.kind')
    .returning(['write.task.order_id', 'write.task.kind', 'attempts', 'payload'])
    .execute();
  return rows.map((row) => ({
    orderId: row.order_id,
    kind: row.kind,
    earlierAttempts: row.attempts - 1,
    payload: row.payload,
  }));
};

/** Puts a task off. */
export const postponeTask = async (db: Db, { orderId, kind }: TaskKey, delayMs: number): Promise<void> => {
  await db
    .updateTable('write.task')
    .set({ due_at: inMs(delayMs) })
    .where('order_id', '=', orderId)
    .where('kind', '=', kind)
    .execute();
};
