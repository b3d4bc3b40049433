import { sql } from 'kysely';
import { PRODUCERS } from '../../events/index.ts';
import { type Check, cutoffOf, fixed, sqlCheck } from './check.ts';
import { answersOf, crossCheck, isAmong, type Pages } from './crossing.ts';
import { cameToRest, isVerdict } from './orders.ts';
import { DATA } from './stored-json.ts';

const SAGA = sql.lit(PRODUCERS.saga);

/** Of `saga.reservation.state`: the units of the order count as sold. */
const SOLD = fixed("('Sold')");

// Ledger, reservations and adjustments change in one transaction, so at any moment they agree. Orders that take from an
// inventory elsewhere have nothing here.
const ledgerAddsUp = sqlCheck(
  { home: 'saga', rule: 'available, reserved and sold units are what was put in and what orders hold' },
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
  { home: 'saga', rule: 'every reservation is what the saga has said of its order' },
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
  {
    home: 'saga',
    rule: 'an order has taken all of its lines at an inventory elsewhere, or none, unless calls are due',
  },
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

interface Booking {
  readonly product_id: string;
  readonly delta: number;
}

type AdjustedRow = Booking & { readonly key: string; readonly event_id: string };

const adjusted: Pages<AdjustedRow> = {
  home: 'audit',
  key: 'bigint',
  rows: (cutoff, among) => sql`
    select position as key, event_id, aggregate_id as product_id, (${DATA}->>'delta')::integer as delta
    from audit.event_store
    where type = 'StockAdjusted' and recorded_at < ${cutoff} and ${isAmong('event_id', among)}`,
};

const adjustmentsAreBooked = crossCheck({
  rule: 'every change of stock in the event store is in the ledger',
  pages: [adjusted],
  offendersAmong: async (rows, { sessions }) => {
    const ids = sql`${sql.val(rows.map(({ event_id: id }) => id))}::text[]`;
    const booked = await answersOf<Booking>(
      sessions.saga,
      sql`select event_id as key, product_id, delta from saga.adjustment where event_id = any(${ids})`,
    );
    const isBooked = ({ event_id: id, product_id: of, delta }: AdjustedRow): boolean =>
      booked.get(id)?.product_id === of && booked.get(id)?.delta === delta;
    return rows
      .filter((row) => !isBooked(row))
      .map(({ event_id: name, delta, product_id: of }) => ({ name, detail: `${delta} of ${of}` }));
  },
});

// The event store and the read models change in one transaction, so at any moment they agree.
const readModelAddsUp = sqlCheck(
  { home: 'audit', rule: 'the units that products show are those that the event store adds up to' },
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

interface HoldRow {
  readonly key: string;
  readonly state: string;
  readonly is_sold: boolean;
}

const reservations: Pages<HoldRow> = {
  home: 'saga',
  key: 'text',
  rows: (_cutoff, among) => sql`
    select order_id as key, state, state in ${SOLD} as is_sold from saga.reservation
    where ${isAmong('order_id', among)}`,
};

const noGhostHold = crossCheck({
  rule: 'an order that is over holds no stock, except what it has bought',
  pages: [reservations],
  offendersAmong: async (rows, inspected) => {
    const ids = sql`${sql.val(rows.map(({ key }) => key))}::text[]`;
    const over = await answersOf<{ readonly status: string }>(
      inspected.sessions.audit,
      sql`
        select id as key, status from read."order"
        where id = any(${ids}) and status in ('CONFIRMED', 'REJECTED', 'CANCELLED') and ${cameToRest(cutoffOf(inspected))}`,
    );
    return rows.flatMap(({ key: name, state, is_sold: isSold }) => {
      const status = over.get(name)?.status;
      const isRight = status === undefined || ((status === 'CONFIRMED') === isSold && state !== 'Held');
      return isRight ? [] : [{ name, detail: `${state}, though ${status}` }];
    });
  },
});

/** Stock is conserved, in the ledger, in the events and in what is shown. */
export const STOCK_CHECKS: readonly Check[] = [
  ledgerAddsUp,
  reservationsAreTold,
  elsewhereIsSettled,
  adjustmentsAreBooked,
  readModelAddsUp,
  noGhostHold,
];
