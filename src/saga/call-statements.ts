import { statement } from '../database/index.ts';
import type { CallsDue } from './ledger.ts';
import type { PutOff } from './ledger-store.ts';

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

// Whoever changes several rows of one statement has locked the orders before, in their order: so nobody waits in a circle.
export const keepCalls = statement(`
  update saga.remote_task set due_at = clock_timestamp() + $2::double precision * interval '1 millisecond', claimed = true
  where order_id = any ($1::text[])`);

export const endCalls = statement('delete from saga.remote_task where order_id = any ($1::text[])');

// The rows are passed over where somebody else has them.
export const claimCalls = statement<{ readonly order_id: string; readonly attempts: number }>(`
  with oldest as (
    select order_id from saga.remote_task where due_at <= now() order by due_at
    limit ($1::integer + 1) / 2 for update skip locked
  ), newest as (
    select order_id from saga.remote_task where due_at <= now() order by due_at desc
    limit $1::integer / 2 for update skip locked
  ), due as (select order_id from oldest union select order_id from newest)
  update saga.remote_task set due_at = now() + $2::double precision * interval '1 millisecond', attempts = attempts + 1,
    claimed = true
  from due where remote_task.order_id = due.order_id
  returning remote_task.order_id, remote_task.attempts`);

// Past that time, an order without an answer would go on waiting for an inventory that is away.
export const putOffCalls = statement(`
  update saga.remote_task set claimed = false, attempts = put_off.attempts, due_at = least(
    now() + put_off.delay_ms * interval '1 millisecond', case when answer_by > now() then answer_by end)
  from unnest($1::text[], $2::double precision[], $3::integer[]) as put_off (order_id, delay_ms, attempts)
  where remote_task.order_id = put_off.order_id and remote_task.order_id = any ($1::text[])`);

export const putOffColumns = (putOff: readonly PutOff[]): unknown[] => [
  putOff.map(({ orderId }) => orderId),
  putOff.map(({ delayMs }) => delayMs),
  putOff.map(({ attempts }) => attempts),
];
