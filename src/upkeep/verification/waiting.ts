import { sql } from 'kysely';
import { EVENT_COLUMN_NAMES } from '../../events/index.ts';
import { stuckOrderPage } from '../../read/index.ts';
import { type QueuedRow, readQueued } from '../../relay/index.ts';
import { type Check, findingOf, fixed, type Offender, sqlCheck } from './check.ts';

const outboxOf = (journal: 'write' | 'saga'): Check =>
  sqlCheck(
    `the outbox of the ${journal} journal is emptied`,
    (cutoff) => sql`
      select coalesce(event_id, 'position ' || position) as name, coalesce(type, 'no event') || ', since ' || queued_at
        as detail
      from ${fixed(`${journal}.outbox left join ${journal}.journal using (position)`)}
      where queued_at < ${cutoff}`,
  );

/** Oldest first: what cannot be read stands before what waits behind it. */
const MAX_READ = 10_000;

const unreadable: Check = {
  rule: 'every event in an outbox can be read',
  find: async ({ session }, among) => {
    const found: Offender[] = [];
    for (const journal of ['write', 'saga']) {
      const { rows } = await sql<QueuedRow>`
        select position, ${fixed(EVENT_COLUMN_NAMES)}
        from ${fixed(`${journal}.outbox join ${journal}.journal using (position)`)}
        order by position limit ${sql.lit(MAX_READ)}`.execute(session);
      for (const { eventId, aggregateId, error } of readQueued(rows).unreadable)
        found.push({ name: eventId, detail: `${String(error)}; ${aggregateId} waits behind it` });
    }
    return findingOf(found, among);
  },
};

const tasks = sqlCheck(
  'charges, refunds and expiries that are due are done',
  (cutoff) => sql`
    select order_id || ' ' || kind as name, attempts || ' attempts, due ' || due_at as detail
    from write.task where due_at < ${cutoff}`,
);

const calls = sqlCheck(
  'calls to an inventory elsewhere that are due are made',
  (cutoff) => sql`
    select order_id as name, attempts || ' attempts, due ' || due_at as detail
    from saga.remote_task where due_at < ${cutoff}`,
);

const paymentMethods = sqlCheck(
  'no payment method is kept of an order that is complete, or that nobody knows',
  () => sql`
    select order_id as name, coalesce(status, 'unknown') || ', kept since ' || kept_since as detail
    from write.payment_method left join read."order" on id = order_id
    where is_complete or not exists (select from write.journal where aggregate_id = order_id)`,
);

const deadLetters = sqlCheck(
  'no dead letter waits for an operator',
  () => sql`
    select id as name, consumer_group || ' on ' || stream || ' ' || entry_id || ': ' || left(error, 200) as detail
    from bus.dead_letter where state = 'OPEN'`,
);

const MAX_STUCK = 1_000;

const stuckOrders: Check = {
  rule: 'every order moves on, or waits for its customer to pay',
  find: async ({ session, graceSeconds }, among) => {
    const { edges } = await stuckOrderPage(session, { first: MAX_STUCK, olderThanSeconds: graceSeconds });
    const found = edges.map(({ node: { id, updatedAt } }) => ({ name: id, detail: `since ${updatedAt}` }));
    return findingOf(found, among);
  },
};

/** Nothing is left lying. */
export const WAITING_CHECKS: readonly Check[] = [
  outboxOf('write'),
  outboxOf('saga'),
  unreadable,
  tasks,
  calls,
  stuckOrders,
  paymentMethods,
  deadLetters,
];
