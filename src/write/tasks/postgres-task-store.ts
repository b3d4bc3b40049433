import { sql } from 'kysely';
import { type Db, listIn, statement } from '../../database/index.ts';
import type { TaskKey } from '../journal/append-request.ts';
import type { Claim, ClaimedTask, TaskStore } from './task-store.ts';

const LEASE_MS = 30_000;

interface TaskRow {
  readonly order_id: string;
  readonly kind: string;
  readonly attempts: number;
  readonly payload: object;
}

interface LeasedClaim extends Claim {
  readonly leaseMs?: number;
}

// The rows are locked in the order in which they are due, and passed over where another worker has them.
const CLAIM = statement<TaskRow>(`
  with due as (
    select order_id, kind from write.task where due_at <= now() and split_part(kind, ':', 1) = any((${listIn('$3')})::text[])
    order by due_at limit $1 for update skip locked
  )
  update write.task set due_at = now() + $2::double precision * interval '1 millisecond', attempts = attempts + 1
  from due where task.order_id = due.order_id and task.kind = due.kind
  returning task.order_id, task.kind, task.attempts, task.payload`);

/** {@link TaskStore.claimDueTasks} */
export const claimDueTasks = async (
  db: Db,
  { kinds, limit, leaseMs = LEASE_MS }: LeasedClaim,
): Promise<readonly ClaimedTask[]> =>
  (await CLAIM(db, [limit, leaseMs, kinds])).map((row) => ({
    orderId: row.order_id,
    kind: row.kind,
    earlierAttempts: row.attempts - 1,
    isJustWritten: false,
    payload: row.payload,
  }));

const postponeTask = async (db: Db, { orderId, kind }: TaskKey, delayMs: number): Promise<void> => {
  await db
    .updateTable('write.task')
    .set({ due_at: sql<Date>`now() + ${delayMs} * interval '1 millisecond'` })
    .where('order_id', '=', orderId)
    .where('kind', '=', kind)
    .execute();
};

export const postgresTaskStore = (db: Db): TaskStore => ({
  leaseMs: LEASE_MS,
  claimDueTasks: (claim) => claimDueTasks(db, claim),
  postponeTask: (task, delayMs) => postponeTask(db, task, delayMs),
});
