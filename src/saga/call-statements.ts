import { statement } from '../database/index.ts';
import type { CallsDue } from './ledger.ts';

/** Longer than a call may take, so that nobody makes it a second time meanwhile; to do so would be right, too. */
export const LEASE_MS = 30_000;

// Whoever makes the order's calls already looks at it again after each: they keep it, and its lease.
export const scheduleCalls = statement(`
  insert into saga.remote_task (order_id, due_at, answer_by)
  select order_id, clock_timestamp(), answer_by from unnest($1::text[], $2::timestamptz[]) as due (order_id, answer_by)
  order by order_id collate "C"
  on conflict (order_id) do update set
    due_at = case when remote_task.claimed then remote_task.due_at else excluded.due_at end`);

export const dueColumns = (due: readonly CallsDue[]): unknown[] => [
  due.map(({ orderId }) => orderId),
  due.map(({ answerBy }) => answerBy),
];

export const keepCalls = statement(`
  update saga.remote_task set due_at = clock_timestamp() + $2::double precision * interval '1 millisecond', attempts = 1,
    claimed = true
  where order_id = $1`);

export const endCalls = statement('delete from saga.remote_task where order_id = $1');

// The rows are locked in the order in which they are due, and passed over where somebody else has them.
export const claimCalls = statement<{ readonly order_id: string; readonly attempts: number }>(`
  with due as (
    select order_id from saga.remote_task where due_at <= now() order by due_at limit $1 for update skip locked
  )
  update saga.remote_task set due_at = now() + $2::double precision * interval '1 millisecond', attempts = attempts + 1,
    claimed = true
  from due where remote_task.order_id = due.order_id
  returning remote_task.order_id, remote_task.attempts`);

// Past that time, an order without an answer would go on waiting for an inventory that is away.
export const putOffCalls = statement(`
  update saga.remote_task set claimed = false, due_at = least(
    now() + $2::double precision * interval '1 millisecond', case when answer_by > now() then answer_by end)
  where order_id = $1`);
