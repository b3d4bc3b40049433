import { sql } from 'kysely';
import { JOURNALS, type JournalName } from '../../database/index.ts';
import { ORDER_OVER, PRODUCERS } from '../../events/index.ts';
import { type Check, type Cutoff, checkOfAll, fixed, sqlCheck } from './check.ts';
import { answersOf, crossCheck, isAmong, type Pages } from './crossing.ts';
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

const ORDER_ROWS = (journal: JournalName) => fixed(`${journal}.journal where aggregate_type = 'Order' and not heard`);

const oneEffectIn = (journal: JournalName): Check =>
  sqlCheck(
    { home: journal, rule: journal },
    () => sql`
      select aggregate_id as name, string_agg(type, ', ' order by position) as detail
      from ${ORDER_ROWS(journal)}
      group by aggregate_id
      having ${ONCE} or count(*) filter (where type in ('StockReserved', 'StockReservationFailed')) > 1`,
  );

/** Each of these is said by one service alone, so each journal tells of its own. */
const oneEffect = checkOfAll(
  'an order is created, reserved, requested to be paid, given back and ended once',
  JOURNALS.map(oneEffectIn),
);

const oneVerdict = sqlCheck(
  { home: 'write', rule: 'one verdict' },
  () => sql`
    select aggregate_id as name, string_agg(type, ', ' order by position) as detail
    from ${ORDER_ROWS('write')}
    group by aggregate_id
    having count(*) filter (where ${isVerdict}) > 1`,
);

interface OrderRow {
  readonly key: string;
  readonly order_id: string;
}

const orderIdsOf = (rows: readonly OrderRow[]) => sql`${sql.val(rows.map(({ order_id: id }) => id))}::text[]`;

const rejected: Pages<OrderRow> = {
  home: 'write',
  key: 'bigint',
  rows: (_cutoff, among) => sql`
    select position as key, aggregate_id as order_id from write.journal
    where type = 'OrderRejected' and not heard and ${isAmong('aggregate_id', among)}`,
};

const rejectedAndReserved = crossCheck({
  rule: 'no order is rejected and reserved',
  pages: [rejected],
  offendersAmong: async (rows, { sessions }) => {
    const reserved = await answersOf<object>(
      sessions.saga,
      sql`
        select aggregate_id as key from saga.journal
        where type = 'StockReserved' and not heard and aggregate_id = any(${orderIdsOf(rows)})`,
    );
    const both = rows.filter(({ order_id: id }) => reserved.has(id));
    return both.map(({ order_id: name }) => ({ name, detail: 'OrderRejected, StockReserved' }));
  },
});

const oneEnd = checkOfAll('an order has one end: confirmed, rejected, cancelled or not paid', [
  oneVerdict,
  rejectedAndReserved,
]);

const confirmedWithCause = sqlCheck(
  { home: 'audit', rule: 'a confirmed order is reserved and paid, and its stock was not given back' },
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

const givenBackAsHeld = sqlCheck(
  { home: 'saga', rule: 'an order gives back what it held' },
  () => sql`
    select reserved.aggregate_id as name, 'reserved ' || (${dataOf('reserved')}->>'lines')
      || coalesce(', given back ' || (${dataOf('compensated')}->>'lines'), '') as detail
    from saga.journal as reserved
    join saga.journal as compensated
      on compensated.aggregate_id = reserved.aggregate_id and compensated.type = 'StockCompensated'
    where reserved.type = 'StockReserved' and (
      (compensated.position < reserved.position)
      or (json_array_length(${dataOf('compensated')}->'lines') > 0
        and ${units('compensated')} is distinct from ${units('reserved')}))`,
);

/** The units of an order, as JSON of the one form that PostgreSQL gives it. */
type UnitsRow = OrderRow & { readonly units: string; readonly lines: string };

const heldLongSince: Pages<UnitsRow> = {
  home: 'saga',
  key: 'bigint',
  rows: (cutoff, among) => sql`
    select position as key, aggregate_id as order_id, ${units('reserved')}::text as units,
      ${dataOf('reserved')}->>'lines' as lines
    from saga.journal as reserved
    where type = 'StockReserved' and occurred_at < ${cutoff} and ${isAmong('aggregate_id', among)}`,
};

const heldAsOrdered = crossCheck({
  rule: 'an order holds all of its lines',
  pages: [heldLongSince],
  offendersAmong: async (rows, { sessions }) => {
    const ordered = await answersOf<object>(
      sessions.audit,
      sql`
        select aggregate_id || ' ' || (${units('created')}::text) as key from audit.event_store as created
        where aggregate_id = any(${orderIdsOf(rows)}) and type = 'OrderCreated' and producer = ${API}`,
    );
    const others = rows.filter(({ order_id: id, units: held }) => !ordered.has(`${id} ${held}`));
    return others.map(({ order_id: name, lines }) => ({ name, detail: `reserved ${lines}` }));
  },
});

const allOrNothing = checkOfAll('an order holds all of its lines or none, and gives back what it held', [
  givenBackAsHeld,
  heldAsOrdered,
]);

const oneOrderPerCart = sqlCheck(
  { home: 'write', rule: 'a cart becomes one order' },
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
  { home: 'write', rule: 'the total of an order is the sum of its lines' },
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
