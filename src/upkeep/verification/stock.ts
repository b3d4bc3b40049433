import { sql } from 'kysely';
import { PRODUCERS } from '../../events/index.ts';
import { type Check, fixed, sqlCheck } from './check.ts';
import { cameToRest, isVerdict } from './orders.ts';
import { DATA } from './stored-json.ts';

const SAGA = sql.lit(PRODUCERS.saga);

/** Of `saga.reservation.state`: the units of the order count as sold. */
const SOLD = fixed("('Sold')");

// Ledger, reservations and adjustments change in one transaction, so at any moment they agree. Orders that take from an
// inventory elsewhere have nothing here.
const ledgerAddsUp = sqlCheck(
  'available, reserved and sold units are what was put in and what orders hold',
  () => sql`
    select coalesce(stock.product_id, put_in.product_id, held.product_id) as name,
      concat_ws(', ', available || ' available', stock.reserved || ' reserved', stock.sold || ' sold',
        coalesce(put_in.units, 0) || ' put in', coalesce(held.reserved, 0) || ' held', coalesce(held.sold, 0) || ' bought'
      ) as detail
    from saga.stock
    full join (
      select product_id, sum(delta) as units from saga.adjustment where applied group by 1
    ) as put_in on put_in.product_id = stock.product_id
    full join (
      select line->>'productId' as product_id,
        coalesce(sum((line->>'quantity')::integer) filter (where state = 'Held'), 0) as reserved,
        coalesce(sum((line->>'quantity')::integer) filter (where state in ${SOLD}), 0) as sold
      from saga.reservation cross join json_array_elements(lines) as line where intent is null group by 1
    ) as held on held.product_id = stock.product_id
    where (stock.available + stock.reserved + stock.sold, stock.reserved, stock.sold) is distinct from
      (coalesce(put_in.units, 0), coalesce(held.reserved, 0), coalesce(held.sold, 0))`,
);

const reservationsAreTold = sqlCheck(
  'every reservation is what the saga has said of its order',
  () => sql`
    select coalesce(order_id, aggregate_id) as name,
      coalesce(state, 'no reservation') || ', told: ' || coalesce(types, 'nothing') as detail
    from saga.reservation full join (
      select aggregate_id, count(*) as events, string_agg(type, ', ' order by position) as types,
        coalesce(bool_or(type = 'StockReserved'), false) as is_reserved,
        coalesce(bool_or(type = 'StockReservationFailed'), false) as has_failed,
        coalesce(bool_or(type = 'StockCompensated' and json_array_length(${DATA}->'lines') > 0), false) as is_given_back
      from saga.journal where aggregate_type = 'Order' group by 1
    ) as told on aggregate_id = order_id
    where coalesce(events, 0) is distinct from version
      or (state in ('Held', 'Sold'))
        is distinct from coalesce(is_reserved and not is_given_back, false)
      or (state = 'Failed') is distinct from coalesce(has_failed, false)`,
);

const elsewhereIsSettled = sqlCheck(
  'an order has taken all of its lines at an inventory elsewhere, or none, unless calls are due',
  () => sql`
    select order_id as name, concat_ws(', ', state, intent->>'direction', (
      select string_agg((line->>'productId') || ' ' || (line->>'state'), ', ')
      from json_array_elements(intent->'lines') as line)) as detail
    from saga.reservation
    where intent is not null and not exists (select from saga.remote_task as task where task.order_id = reservation.order_id)
      and (state = 'None' or exists (
        select from json_array_elements(intent->'lines') as line
        where case when state in ('Held', 'Sold') then line->>'state' <> 'Taken'
          else line->>'state' in ('Taken', 'Unknown') end))`,
);

const adjustmentsAreBooked = sqlCheck(
  'every change of stock in the event store is in the ledger',
  (cutoff) => sql`
    select event_id as name, (${DATA}->>'delta') || ' of ' || aggregate_id as detail
    from audit.event_store left join saga.adjustment using (event_id)
    where type = 'StockAdjusted' and recorded_at < ${cutoff}
      and (adjustment.product_id, adjustment.delta) is distinct from (aggregate_id, (${DATA}->>'delta')::integer)`,
);

// The event store and the read models change in one transaction, so at any moment they agree.
const readModelAddsUp = sqlCheck(
  'the units that products show are those that the event store adds up to',
  () => sql`
    with held as (
      select distinct on (aggregate_id) aggregate_id, data from audit.event_store as reserved
      where type = 'StockReserved' and producer = ${SAGA} and not exists (
        select from audit.event_store as given_back
        where given_back.aggregate_id = reserved.aggregate_id and type = 'StockCompensated' and producer = ${SAGA}
          and json_array_length(${DATA}->'lines') > 0)
      order by aggregate_id, occurred_at, event_id collate "C"
    ), moved as (
      select line->>'product_id' as product_id, (line->>'quantity')::integer as quantity, coalesce((
        select type = 'OrderConfirmed' from audit.event_store as word
        where word.aggregate_id = held.aggregate_id and producer = ${sql.lit(PRODUCERS.api)} and ${isVerdict}
        order by occurred_at, event_id collate "C" limit 1
      ), false) as is_sold
      from held cross join json_array_elements(${DATA}->'lines') as line
    ), told as (
      select product_id, sum(available) as available, sum(reserved) as reserved, sum(sold) as sold from (
        select aggregate_id as product_id, (${DATA}->>'delta')::integer as available, 0 as reserved, 0 as sold
        from audit.event_store where type = 'StockAdjusted'
        union all
        select product_id, -quantity, case when is_sold then 0 else quantity end, case when is_sold then quantity else 0 end
        from moved
      ) as each group by 1
    )
    select coalesce(id, product_id) as name,
      concat_ws(', ', 'shown ' || product.available, product.reserved, product.sold,
        'told ' || told.available, told.reserved, told.sold) as detail
    from read.product full join told on product_id = id
    where (product.available, product.reserved, product.sold) is distinct from
      (coalesce(told.available, 0), coalesce(told.reserved, 0), coalesce(told.sold, 0))`,
);

const noGhostHold = sqlCheck(
  'an order that is over holds no stock, except what it has bought',
  (cutoff) => sql`
    select order_id as name, state || ', though ' || status as detail
    from saga.reservation join read."order" on id = order_id
    where ((status = 'CONFIRMED') <> (state in ${SOLD}) or state = 'Held')
      and status in ('CONFIRMED', 'REJECTED', 'CANCELLED')
      and ${cameToRest(cutoff)}`,
);

/** Stock is conserved, in the ledger, in the events and in what is shown. */
export const STOCK_CHECKS: readonly Check[] = [
  ledgerAddsUp,
  reservationsAreTold,
  elsewhereIsSettled,
  adjustmentsAreBooked,
  readModelAddsUp,
  noGhostHold,
];
