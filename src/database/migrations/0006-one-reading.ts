import { type Kysely, sql } from 'kysely';

/** Of `saga.reservation`, before this migration. */
const HELD = `state in ('Held', 'Sold', 'Contested', 'Refunded', 'Confirmed')`;

/**
 * A reservation is sold once its order's owner has confirmed it, and not before. Its units in the stock go to where they
 * belong by that rule.
 */
const RESERVATIONS = `
  alter table saga.reservation add column verdict json;
  create temporary table rule on commit drop as
    select order_id, lines, state <> 'Held' as was_sold, word.verdict is not null as is_sold, word.verdict
    from saga.reservation left join lateral (
      select json_build_object('type', type, 'eventId', event_id,
        'occurredAt', to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as verdict
      from write.journal
      where aggregate_id = order_id and type = 'OrderConfirmed' and not heard order by position limit 1
    ) as word on true
    where ${HELD};
  update saga.stock set sold = sold + moved.units, reserved = reserved - moved.units
  from (
    select line->>'productId' as product_id,
      sum((line->>'quantity')::integer * (is_sold::integer - was_sold::integer))::integer as units
    from rule cross join json_array_elements(lines) as line where was_sold <> is_sold group by 1
  ) as moved where moved.product_id = stock.product_id;
  update saga.reservation set verdict = rule.verdict, state = case when rule.is_sold then 'Sold' else 'Held' end
  from rule where rule.order_id = reservation.order_id;
  alter table saga.reservation drop column paid, drop column compensated;
`;

/** What ended an order that still holds its stock is said again: the inventory did not listen to all of it. */
const ENDS_SAID_AGAIN = `
  insert into write.outbox (position)
  select position from write.journal
  where not heard and type in ('OrderRejected', 'OrderCancelled', 'PaymentFailed')
    and aggregate_id in (select order_id from saga.reservation where state = 'Held')
  on conflict (position) do nothing;
`;

const OWN_END = `type in ('OrderConfirmed', 'OrderRejected', 'OrderCancelled', 'PaymentFailed') and not heard`;

/** Orders that another service's word had closed have no deadline any more. */
const DEADLINES = `
  insert into write.task (kind, order_id, due_at, payload)
  select distinct on (aggregate_id) 'expire', aggregate_id, (data->>'expires_at')::timestamptz, '{}'::json
  from write.journal as reserved
  where type = 'StockReserved' and producer = 'inventory-saga-consumer' and not exists (
    select from write.journal as word where word.aggregate_id = reserved.aggregate_id and ${OWN_END})
  order by aggregate_id, position
  on conflict (order_id, kind) do nothing;
`;

/** Charges of which nothing was said, for the order was over: they are given their answer. */
const CHARGES = `
  insert into write.task (kind, order_id, due_at, payload)
  select 'charge', aggregate_id, now(), json_build_object('amount', data->'amount', 'currency', data->'currency',
    'paymentMethod', data->'payment_method', 'attempt', data->'attempt')
  from write.journal as requested
  where type = 'PaymentRequested' and not heard and exists (
    select from write.journal as word where word.aggregate_id = requested.aggregate_id and ${OWN_END})
    and not exists (
      select from write.journal as answer
      where answer.aggregate_id = requested.aggregate_id and not heard and (type = 'PaymentSucceeded'
        or (type = 'PaymentFailed' and data->>'reason' <> 'PAYMENT_EXPIRED')))
  on conflict (order_id, kind) do nothing;
`;

/** Until they are built anew, which the first start does, the rows of the read models say what they can. */
const READ_MODELS = `
  alter table read."order" add column is_complete boolean not null default false,
    add column payable_until timestamptz, add column contradictions json;
  update read."order" set is_complete = true where status in ('CONFIRMED', 'REJECTED', 'CANCELLED');
  drop index read.order_open;
  create index order_open on read."order" (created_at, id) where created_at is not null and not is_complete;
  create index order_contradicted on read."order" (id) where contradictions is not null;
`;

/** Those that are empty are of this version already. */
const VERSION = `
  do $$ begin
    if not exists (select from audit.event_store) then comment on schema read is 'read models, version 2'; end if;
  end $$;
`;

/** One reading of an order's facts (ADR-032). */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  const statements = [RESERVATIONS, ENDS_SAID_AGAIN, DEADLINES, CHARGES, READ_MODELS, VERSION];
  for (const statement of statements) await sql.raw(statement).execute(db);
};
