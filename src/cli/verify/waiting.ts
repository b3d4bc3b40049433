import { sql } from 'kysely';
import { stuckOrderPage } from '../../read/index.ts';
import { type Check, findingOf, fixed, sqlCheck } from './check.ts';

const outboxOf = (journal: 'write' | 'saga'): Check =>
  sqlCheck(
    `the outbox of the ${journal} journal is emptied`,
    (cutoff) => sql`
      select event_id as name, type || ', since ' || occurred_at as detail
      from ${fixed(`${journal}.outbox left join ${journal}.journal using (position)`)}
      where occurred_at < ${cutoff}`,
  );

const tasks = sqlCheck(
  'charges, refunds and expiries that are due are done',
  (cutoff) => sql`
    select order_id || ' ' || kind as name, attempts || ' attempts, due ' || due_at as detail
    from write.task where due_at < ${cutoff}`,
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
export const WAITING_CHECKS: readonly Check[] = [outboxOf('write'), outboxOf('saga'), tasks, stuckOrders, deadLetters];
