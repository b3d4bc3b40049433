import { sql } from 'kysely';
import { PRODUCERS } from '../../events/index.ts';
import { type Check, sqlCheck } from './check.ts';
import { cameToRest } from './orders.ts';
import { DATA, FACTS } from './stored-json.ts';

// A charge and its event are two commits; in between, its task stands.
const chargesAreTold = sqlCheck(
  { home: 'write', rule: 'every successful charge is a payment of its order, and every payment a charge' },
  () => sql`
    select coalesce(charge.payment_id, payment.payment_id) as name,
      concat_ws(', ', coalesce(charge.order_id, payment.aggregate_id), 'charged ' || charge.amount || ' ' || charge.currency,
        'told ' || payment.amount || ' ' || payment.currency) as detail
    from (select * from write.simulated_charge where outcome = 'succeeded') as charge
    full join (
      select aggregate_id, ${DATA}->>'payment_id' as payment_id, (${DATA}->>'amount')::numeric as amount,
        ${DATA}->>'currency' as currency
      from write.journal where type = 'PaymentSucceeded' and not heard
    ) as payment using (payment_id)
    where (charge.order_id, charge.amount, charge.currency)
        is distinct from (payment.aggregate_id, payment.amount, payment.currency)
      and not exists (
        select from write.task where task.order_id = charge.order_id and kind = 'charge' and payment.payment_id is null
      )`,
);

const refundsAreTold = sqlCheck(
  {
    home: 'write',
    rule: 'every charge given back is a refund of its order, and every refund of a charge gives it back',
  },
  () => sql`
    select payment_id as name, order_id || case when refunded then ', given back' else ', not given back' end
      || case when told.event_id is null then ', not told' else ', told' end as detail
    from write.simulated_charge as charge
    left join write.journal as told
      on told.aggregate_id = order_id and type = 'PaymentRefunded' and ${DATA}->>'payment_id' = payment_id and not heard
    where outcome = 'succeeded' and refunded <> (told.event_id is not null) and not exists (
      select from write.task where task.order_id = charge.order_id and kind = 'refund:' || payment_id
    )`,
);

// What payments are worth, the one reading of amounts has said in the row of the order; panier charges the total, and once.
const keptIfConfirmed = sqlCheck(
  { home: 'audit', rule: 'a confirmed order keeps its total, any other order that is over keeps no money' },
  (cutoff) => sql`
    with payment as (
      select aggregate_id, ${DATA}->>'payment_id' as payment_id, bool_or(producer = ${sql.lit(PRODUCERS.api)}) as is_own,
        coalesce(
          (array_agg((${DATA}->>'amount')::numeric order by occurred_at, event_id collate "C")
            filter (where producer = ${sql.lit(PRODUCERS.api)}))[1],
          (array_agg((${DATA}->>'amount')::numeric order by occurred_at, event_id collate "C"))[1]
        ) as amount
      from audit.event_store where type = 'PaymentSucceeded' group by 1, 2
    ), kept as (
      select aggregate_id, sum(amount) as amount, bool_and(is_own) as is_own, string_agg(payment_id, ', ') as ids from payment
      where not exists (
        select from audit.event_store as refund
        where refund.aggregate_id = payment.aggregate_id and type = 'PaymentRefunded'
          and producer = ${sql.lit(PRODUCERS.api)} and ${DATA}->>'payment_id' = payment.payment_id)
      group by 1
    ), ended as (
      select id, status, is_complete, (${FACTS}->'created'->'data'->>'totalAmount')::numeric as total from read."order"
      where status in ('CONFIRMED', 'REJECTED', 'CANCELLED') and created_at is not null and ${cameToRest(cutoff)}
    )
    select id as name, status || ', costs ' || total || ', keeps ' || coalesce(ids, 'no payment') as detail
    from ended left join kept on aggregate_id = id
    where case when status = 'CONFIRMED' then not is_complete or (is_own and amount <> total)
      else aggregate_id is not null end`,
);

/** What the ledger of the simulated payment provider tells; any other provider has its own, elsewhere. */
export const SIMULATED_CHECKS: readonly Check[] = [chargesAreTold, refundsAreTold];

/** Customers pay for what they got, and for nothing else. */
export const MONEY_CHECKS: readonly Check[] = [...SIMULATED_CHECKS, keptIfConfirmed];
