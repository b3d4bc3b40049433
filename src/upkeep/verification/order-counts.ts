import { sql } from 'kysely';
import { type Check, sqlCheck } from './check.ts';

/** Both are written in one transaction, so at any moment they agree. */
export const ORDER_COUNT_CHECK: Check = sqlCheck(
  { home: 'audit', rule: 'the orders counted by status are those that there are' },
  () => sql`
    select coalesce(counted.status, there.status) as name,
      coalesce(counted.orders, 0) || ' counted, there are ' || coalesce(there.orders, 0) as detail
    from read.order_count as counted full join (
      select status, count(*) as orders from read."order" where created_at is not null group by status
    ) as there on there.status = counted.status
    where coalesce(counted.orders, 0) <> coalesce(there.orders, 0)`,
);
