import { sql } from 'kysely';
import { ORDER_OVER, PRODUCERS } from '../../events/index.ts';
import { type Check, type Cutoff, fixed, sqlCheck } from './check.ts';
import { OWN } from './events.ts';
import { DATA, dataOf, FACTS } from './stored-json.ts';

const API = sql.lit(PRODUCERS.api);
const SAGA = sql.lit(PRODUCERS.saga);

/** Whether an event of an order's owner decides it: a charge that came to nothing after the end does not. */
export const isVerdict = sql`(type in ('OrderConfirmed', 'OrderRejected', 'OrderCancelled')
  or (type = 'PaymentFailed' and ${DATA}->>'reason' <> ${sql.lit(ORDER_OVER)}))`;

const ONCE = fixed(
  ['OrderCreated', 'StockCompensated', 'PaymentRequested', 'OrderConfirmed', 'OrderRejected', 'OrderCancelled']
    .map((type) => `count(*) filter (where type = '${type}') > 1`)
    .join(' or '),
);

/** Whether the last step of a row of `read."order"` is not fresh any more; nor is one whose event is lost. */
export const cameToRest = (cutoff: Cutoff) => sql`not exists (
  select from read.order_step as step join audit.event_store as event on event.position = step.event_position
  where step.order_id = "order".id and step.revision = "order".revision and event.recorded_at >= ${cutoff}
)`;

const oneEffect = sqlCheck(
  'an order is created, reserved, requested to be paid, given back and ended once',
  () => sql`
    select aggregate_id as name, string_agg(type, ', ' order by position) as detail
    from ${OWN} as own where aggregate_type = 'Order'
    group by aggregate_id
    having ${ONCE} or count(*) filter (where type in ('StockReserved', 'StockReservationFailed')) > 1`,
);

const oneEnd = sqlCheck(
  'an order has one end: confirmed, rejected, cancelled or not paid',
  () => sql`
    select aggregate_id as name, string_agg(type, ', ' order by position) as detail
    from ${OWN} as own where aggregate_type = 'Order'
    group by aggregate_id
    having count(*) filter (where ${isVerdict}) > 1
      or (bool_or(type = 'OrderRejected') and bool_or(type = 'StockReserved'))`,
);

const confirmedWithCause = sqlCheck(
  'a confirmed order is reserved and paid, and its stock was not given back',
  () => sql`
    select id as name, string_agg(type, ', ' order by position) as detail
    from read."order" join audit.event_store on aggregate_id = id
    where status = 'CONFIRMED'
    group by id
    having not bool_or(type = 'StockReserved' and producer = ${SAGA})
      or (not bool_or(type = 'PaymentSucceeded') and (${FACTS}->'created'->'data'->>'totalAmount')::numeric > 0)
      or bool_or(type = 'StockCompensated' and producer = ${SAGA} and json_array_length(${DATA}->'lines') > 0)`,
);

const units = (of: string) => sql`(
  select jsonb_object_agg(product_id, quantity) from (
    select line->>'product_id' as product_id, sum((line->>'quantity')::integer) as quantity
    from json_array_elements(${dataOf(of)}->'lines') as line group by 1
  ) as unit)`;

const allOrNothing = sqlCheck(
  'an order holds all of its lines or none, and gives back what it held',
  (cutoff) => sql`
    select reserved.aggregate_id as name, 'reserved ' || (${dataOf('reserved')}->>'lines')
      || coalesce(', given back ' || (${dataOf('compensated')}->>'lines'), '') as detail
    from saga.journal as reserved
    left join saga.journal as compensated
      on compensated.aggregate_id = reserved.aggregate_id and compensated.type = 'StockCompensated'
    where reserved.type = 'StockReserved' and (
      (compensated.position < reserved.position)
      or (json_array_length(${dataOf('compensated')}->'lines') > 0
        and ${units('compensated')} is distinct from ${units('reserved')})
      or (reserved.occurred_at < ${cutoff} and not exists (
        select from audit.event_store as created
        where created.aggregate_id = reserved.aggregate_id and created.type = 'OrderCreated' and created.producer = ${API}
          and ${units('created')} is not distinct from ${units('reserved')}
      )))`,
);

const oneOrderPerCart = sqlCheck(
  'a cart becomes one order',
  () => sql`
    select coalesce(cart.aggregate_id, ordered.cart_id) as name,
      coalesce(${dataOf('cart')}->>'order_id', 'not checked out') || ', ordered: ' || coalesce(ordered.ids, 'nothing') as detail
    from (select * from write.journal where type = 'CartCheckedOut' and not heard) as cart
    full join (
      select ${DATA}->>'cart_id' as cart_id, count(*) as orders, string_agg(aggregate_id, ', ' order by position) as ids
      from write.journal where type = 'OrderCreated' and not heard group by 1
    ) as ordered on ordered.cart_id = cart.aggregate_id
    where ordered.orders is distinct from 1 or ${dataOf('cart')}->>'order_id' is distinct from ordered.ids`,
);

const totals = sqlCheck(
  'the total of an order is the sum of its lines',
  () => sql`
    select aggregate_id as name, (${DATA}->>'total_amount') || ' for ' || (${DATA}->>'lines') as detail
    from write.journal
    where type = 'OrderCreated' and not heard and (${DATA}->>'total_amount')::numeric is distinct from (
      select sum((line->>'quantity')::integer * (line->>'unit_price')::numeric)
      from json_array_elements(${DATA}->'lines') as line
    )`,
);

/** Each order takes effect once, and has one end. */
export const ORDER_CHECKS: readonly Check[] = [
  oneEffect,
  oneEnd,
  confirmedWithCause,
  allOrNothing,
  oneOrderPerCart,
  totals,
];
