import { CompiledQuery } from 'kysely';
import type { Tx } from '../../database/index.ts';
import { type OrderEvent, statusOf } from '../../events/index.ts';
import { byAggregate, NO_CHANGES, type Projection, type ReadSchema, type StoredRecorded } from '../projection.ts';
import { selectByIds } from '../select-by-ids.ts';
import { upsert } from '../upsert.ts';
import { type OrderState, type OrderStep, takeStep, unknownOrder } from './order.ts';
import { orderStateOf } from './order-row.ts';

const writeOrdersTo = (schema: ReadSchema) =>
  upsert<OrderState>(`${schema}."order"`, [
    ['id', 'text', ({ id }) => id],
    ['customer_id', 'text', ({ facts }) => facts.created?.data.customerId ?? null],
    ['cart_id', 'text', ({ facts }) => facts.created?.data.cartId ?? null],
    ['status', 'text', ({ facts }) => statusOf(facts)],
    ['revision', 'integer', ({ revision }) => revision],
    ['facts', 'json', ({ facts }) => JSON.stringify(facts)],
    ['created_at', 'timestamptz', ({ facts }) => facts.created?.occurredAt ?? null],
    ['updated_at', 'timestamptz', ({ updatedAt }) => updatedAt],
  ]);

const writeStepsTo = (schema: ReadSchema) => {
  const statement = `
    insert into ${schema}.order_step (order_id, revision, event_position, status)
    select * from unnest($1::text[], $2::integer[], $3::bigint[], $4::text[])`;
  return async (tx: Tx, steps: readonly OrderStep[]): Promise<void> => {
    const values = [
      steps.map(({ orderId }) => orderId),
      steps.map(({ revision }) => revision),
      steps.map(({ eventPosition }) => String(eventPosition)),
      steps.map(({ status }) => status),
    ];
    await tx.executeQuery(CompiledQuery.raw(statement, values));
  };
};

interface Taken {
  readonly order: OrderState;
  readonly steps: readonly OrderStep[];
}

const takeSteps = (start: OrderState, events: readonly StoredRecorded<OrderEvent>[]): Taken => {
  const steps: OrderStep[] = [];
  const order = events.reduce((state, recorded) => {
    const next = takeStep(state, recorded);
    const { id: orderId, revision, facts } = next;
    steps.push({ orderId, revision, status: statusOf(facts), eventPosition: recorded.position });
    return next;
  }, start);
  return { order, steps };
};

/**
 * Read models `order` and `order_step`. A row is the set of the order's facts, whatever order they came in; each event is
 * also a step, numbered 1, 2, 3 … in store order. Not safe to repeat: the event store hands over each event once.
 */
export const orderProjection = (schema: ReadSchema): Projection => {
  const load = selectByIds(schema, 'order');
  const writeOrders = writeOrdersTo(schema);
  const writeSteps = writeStepsTo(schema);
  return {
    name: 'order',
    apply: async (tx, batch) => {
      const events = byAggregate<OrderEvent>(batch, 'Order');
      if (events.size === 0) return NO_CHANGES;
      const rows = await load(tx, [...events.keys()]);
      const known = new Map(rows.map((row) => [row.id, orderStateOf(row)]));
      const taken = [...events].map(([id, each]) => takeSteps(known.get(id) ?? unknownOrder(id), each));
      await writeOrders(
        tx,
        taken.map(({ order }) => order),
      );
      await writeSteps(
        tx,
        taken.flatMap(({ steps }) => steps),
      );
      return { ...NO_CHANGES, orders: [...events.keys()] };
    },
  };
};
