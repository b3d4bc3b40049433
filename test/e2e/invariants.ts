import { sql } from 'kysely';
import { expect } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import type { Db } from '../../src/database/index.ts';

const SETTLE_MS = 20_000;

/** Each finds what must not be there: rows of it, in words of their own. */
const VIOLATIONS: Readonly<Record<string, ReturnType<typeof sql<object>>>> = {
  'an event still in an outbox': sql`
    select 'write' as journal, position::text from write.outbox union all select 'saga', position::text from saga.outbox`,
  'an event of a journal that the event store lacks': sql`
    select event_id, type from (
      select event_id, type from write.journal where not heard union all select event_id, type from saga.journal where not heard
    ) as own where not exists (select from audit.event_store as stored where stored.event_id = own.event_id)`,
  'an event that is stored twice': sql`
    select event_id, count(*)::int as times from audit.event_store group by event_id having count(*) > 1`,
  'versions of a producer that are not 1, 2, 3 …': sql`
    select aggregate_id, producer, array_agg(version order by version) as versions from audit.event_store
    where producer in ('ecommerce-api', 'inventory-saga-consumer')
    group by aggregate_id, producer
    having min(version) <> 1 or max(version) <> count(*) or count(distinct version) <> count(*)`,
  'stock that is more or less than what was put in': sql`
    select product_id, available, reserved, sold, coalesce(put_in, 0)::int as put_in from saga.stock
    left join (
      select data->>'product_id' as product_id, sum((data->>'delta')::int) as put_in
      from audit.event_store where type = 'StockAdjusted' group by 1
    ) as adjusted using (product_id)
    where available + reserved + sold <> coalesce(put_in, 0)`,
  'a product whose read model and stock differ': sql`
    select id, stock.available, stock.reserved, stock.sold, product.available as shown_available,
      product.reserved as shown_reserved, product.sold as shown_sold
    from read.product left join saga.stock on stock.product_id = product.id
    where (product.available, product.reserved, product.sold)
      is distinct from (coalesce(stock.available, 0), coalesce(stock.reserved, 0), coalesce(stock.sold, 0))`,
  'an order whose steps are not 1, 2, 3 …': sql`
    select id, revision, array_agg(revision_of_step order by revision_of_step) as steps from read."order"
    left join (select order_id, revision as revision_of_step from read.order_step) as step on step.order_id = id
    group by id, revision
    having count(revision_of_step) <> revision or max(revision_of_step) <> revision or min(revision_of_step) <> 1`,
  'an order that is neither over nor waiting for its customer to pay': sql`
    select id, status from read."order"
    where status not in ('CONFIRMED', 'REJECTED', 'CANCELLED') and created_at is not null
      and not (status = 'AWAITING_PAYMENT' and facts->'created'->'data'->>'methodKind' is null
        and facts->>'paymentRequested' is null)`,
  'an order that was answered twice': sql`
    select aggregate_id, type, count(*)::int as times from audit.event_store
    where type in ('StockReserved', 'StockReservationFailed', 'StockCompensated', 'OrderConfirmed', 'OrderRejected', 'OrderCancelled')
      and producer in ('ecommerce-api', 'inventory-saga-consumer')
    group by aggregate_id, type having count(*) > 1`,
  'money of an order that did not go through': sql`
    select charge.order_id, charge.payment_id, "order".status from write.simulated_charge as charge
    join read."order" on "order".id = charge.order_id
    where charge.outcome = 'succeeded' and charge.refunded = ("order".status = 'CONFIRMED')`,
};

/** Everything that must hold once panier has come to rest. */
export const expectSound = async (db: Db): Promise<void> => {
  await eventually(async () => {
    for (const [rule, query] of Object.entries(VIOLATIONS)) {
      const { rows } = await query.execute(db);
      expect({ rule, rows }).toEqual({ rule, rows: [] });
    }
  }, SETTLE_MS);
};
