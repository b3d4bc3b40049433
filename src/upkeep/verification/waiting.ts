import { sql } from 'kysely';
import { JOURNALS, type JournalName } from '../../database/index.ts';
import { EVENT_COLUMN_NAMES } from '../../events/index.ts';
import { stuckOrderPage } from '../../read/index.ts';
import { type QueuedRow, readQueued } from '../../relay/index.ts';
import { type Check, ENOUGH_OFFENDERS, findingOf, fixed, type Offender, sqlCheck } from './check.ts';
import { answersOf, crossCheck, isAmong, type Pages } from './crossing.ts';

const outboxOf = (journal: JournalName): Check =>
  sqlCheck(
    { home: journal, rule: `the outbox of the ${journal} journal is emptied` },
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
  find: async ({ sessions }, among) => {
    const found: Offender[] = [];
    for (const journal of JOURNALS) {
      const { rows } = await sql<QueuedRow>`
        select position, ${fixed(EVENT_COLUMN_NAMES)}
        from ${fixed(`${journal}.outbox join ${journal}.journal using (position)`)}
        order by position limit ${sql.lit(MAX_READ)}`.execute(sessions[journal]);
      for (const { eventId, aggregateId, error } of readQueued(rows).unreadable)
        found.push({ name: eventId, detail: `${String(error)}; ${aggregateId} waits behind it` });
    }
    return findingOf(found, among);
  },
};

const tasks = sqlCheck(
  { home: 'write', rule: 'charges, refunds and expiries that are due are done' },
  (cutoff) => sql`
    select order_id || ' ' || kind as name, attempts || ' attempts, due ' || due_at as detail
    from write.task where due_at < ${cutoff}`,
);

const calls = sqlCheck(
  { home: 'saga', rule: 'calls to an inventory elsewhere that are due are made' },
  (cutoff) => sql`
    select order_id as name, attempts || ' attempts, due ' || due_at as detail
    from saga.remote_task where due_at < ${cutoff}`,
);

interface KeptRow {
  readonly key: string;
  readonly kept_since: string;
  readonly is_known: boolean;
}

const keptMethods: Pages<KeptRow> = {
  home: 'write',
  key: 'text',
  rows: (_cutoff, among) => sql`
    select order_id as key, kept_since::text as kept_since,
      exists (select from write.journal where aggregate_id = order_id) as is_known
    from write.payment_method where ${isAmong('order_id', among)}`,
};

const paymentMethods = crossCheck({
  rule: 'no payment method is kept of an order that is complete, or that nobody knows',
  pages: [keptMethods],
  offendersAmong: async (rows, { sessions }) => {
    const ids = sql`${sql.val(rows.map(({ key }) => key))}::text[]`;
    const orders = await answersOf<{ readonly status: string; readonly is_complete: boolean }>(
      sessions.audit,
      sql`select id as key, status, is_complete from read."order" where id = any(${ids})`,
    );
    return rows
      .filter(({ key, is_known: isKnown }) => !isKnown || orders.get(key)?.is_complete === true)
      .map(({ key: name, kept_since: since }) => ({
        name,
        detail: `${orders.get(name)?.status ?? 'unknown'}, kept since ${since}`,
      }));
  },
});

const deadLetters = sqlCheck(
  { home: 'shared', rule: 'no dead letter waits for an operator' },
  () => sql`
    select id as name, consumer_group || ' on ' || stream || ' ' || entry_id || ': ' || left(error, 200) as detail
    from bus.dead_letter where state = 'OPEN'`,
);

const stuckOrders: Check = {
  rule: 'every order moves on, or waits for its customer to pay',
  find: async ({ sessions, graceSeconds }, among) => {
    const { edges } = await stuckOrderPage(sessions.audit, { first: ENOUGH_OFFENDERS, olderThanSeconds: graceSeconds });
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
