import { type OrderEvent, readOrder } from '../../events/index.ts';
import { aggregateIds, byAggregate, folded, type Projection, type StoredRecorded } from '../projection.ts';
import type { OrderRows } from '../read-store.ts';
import { type OrderState, type OrderStep, takeStep, unknownOrder } from './order.ts';

interface Taken {
  readonly order: OrderState;
  readonly steps: readonly OrderStep[];
}

const takeSteps = (start: OrderState, events: readonly StoredRecorded<OrderEvent>[]): Taken => {
  const steps: OrderStep[] = [];
  const order = events.reduce((state, recorded) => {
    const next = takeStep(state, recorded);
    const { id: orderId, revision, facts } = next;
    steps.push({ orderId, revision, status: readOrder(facts).status, eventPosition: recorded.position });
    return next;
  }, start);
  return { order, steps };
};

/**
 * Read models `order` and `order_step`. A row is the set of the order's facts, whatever order they came in; each event is
 * also a step, numbered 1, 2, 3 … in store order. Not safe to repeat: the event store hands over each event once.
 */
export const orderProjection = <T>(rows: OrderRows<T>): Projection<T> => ({
  name: 'order',
  prepare: async (tx, { batch }) => {
    const ids = aggregateIds(batch, 'Order');
    if (ids.length === 0) return async () => folded({});
    const known = new Map((await rows.load(tx, ids)).map((order) => [order.id, order]));
    return async (events) => {
      const taken = [...byAggregate(events, 'Order')].map(([id, each]) =>
        takeSteps(known.get(id) ?? unknownOrder(id), each),
      );
      const orders = taken.map(({ order }) => order);
      const steps = taken.flatMap((each) => each.steps);
      return folded({ orders: orders.map(({ id }) => id) }, rows.write(tx, orders), rows.addSteps(tx, steps));
    };
  },
});
