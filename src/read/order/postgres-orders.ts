import { statement, type Tx } from '../../database/index.ts';
import { contradictionsOf, type OrderFacts, readOrder } from '../../events/index.ts';
import type { ReadSchema } from '../projection.ts';
import type { OrderRows } from '../read-store.ts';
import { selectByIds } from '../select-by-ids.ts';
import { upsert } from '../upsert.ts';
import type { OrderState } from './order.ts';
import { orderStateOf } from './order-row.ts';

/** Until when it is the customer's turn to pay; null when it is not. */
const payableUntil = (facts: OrderFacts): string | null => {
  const { waitsFor } = readOrder(facts);
  return waitsFor?.for === 'Payment' && facts.created?.data.paymentMethod === null ? waitsFor.until : null;
};

/** As JSON; null when everything is believed. */
const contradictionsIn = (facts: OrderFacts): string | null => {
  const contradictions = contradictionsOf(facts, readOrder(facts));
  return contradictions.listed.length === 0 ? null : JSON.stringify(contradictions);
};

const writeOrdersTo = (schema: ReadSchema) =>
  upsert<OrderState>(`${schema}."order"`, [
    ['id', 'text', ({ id }) => id],
    ['customer_id', 'text', ({ facts }) => facts.created?.data.customerId ?? null],
    ['cart_id', 'text', ({ facts }) => facts.created?.data.cartId ?? null],
    ['status', 'text', ({ facts }) => readOrder(facts).status],
    ['revision', 'integer', ({ revision }) => revision],
    ['facts', 'json', ({ facts }) => JSON.stringify(facts)],
    ['is_complete', 'boolean', ({ facts }) => readOrder(facts).isComplete],
    ['payable_until', 'timestamptz', ({ facts }) => payableUntil(facts)],
    ['contradictions', 'json', ({ facts }) => contradictionsIn(facts)],
    ['created_at', 'timestamptz', ({ facts }) => facts.created?.occurredAt ?? null],
    ['updated_at', 'timestamptz', ({ updatedAt }) => updatedAt],
  ]);

const addStepsTo = (schema: ReadSchema): OrderRows<Tx>['addSteps'] => {
  const add = statement(`
    insert into ${schema}.order_step (order_id, revision, event_position, status)
    select * from unnest($1::text[], $2::integer[], $3::bigint[], $4::text[])`);
  return async (tx, steps) => {
    if (steps.length === 0) return;
    const values = [
      steps.map(({ orderId }) => orderId),
      steps.map(({ revision }) => revision),
      steps.map(({ eventPosition }) => String(eventPosition)),
      steps.map(({ status }) => status),
    ];
    await add(tx, values);
  };
};

export const postgresOrders = (schema: ReadSchema): OrderRows<Tx> => {
  const select = selectByIds(schema, 'order');
  return {
    load: async (tx, ids) => (await select(tx, ids)).map(orderStateOf),
    write: writeOrdersTo(schema),
    addSteps: addStepsTo(schema),
  };
};
