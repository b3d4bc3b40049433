import { type OrderEvent, orderStatusOf } from '../../events/index.ts';
import {
  aggregateIds,
  byAggregate,
  folded,
  isOf,
  type ReadModel,
  type StoredRecorded,
} from '../../projection/index.ts';
import { tellEnds } from '../order-stats/ends.ts';
import { openStats } from '../order-stats/keep.ts';
import { ORDER_COUNT, ORDER_TALLY } from '../order-stats/tables.ts';
import { claimed, openClaims, openHandOver, settlingClaims } from '../visit/claims.ts';
import { type OrderState, type OrderStep, takeStep } from './order.ts';
import { knownIn, ORDER, ORDER_STEP, type OrderRow, rowOf, stateIn } from './row.ts';
import { ORDER_TERM, termChanges } from './terms.ts';

interface Taken {
  readonly order: OrderState;
  readonly steps: readonly OrderStep[];
}

const takeSteps = (start: OrderState, events: readonly StoredRecorded<OrderEvent>[]): Taken => {
  const steps: OrderStep[] = [];
  const order = events.reduce((state, recorded) => {
    const next = takeStep(state, recorded);
    const { id: orderId, revision, facts } = next;
    steps.push({ orderId, revision, status: orderStatusOf(facts), eventPosition: recorded.position });
    return next;
  }, start);
  return { order, steps };
};

const takeAll = (known: ReadonlyMap<string, OrderRow>, events: readonly StoredRecorded[]): readonly Taken[] =>
  [...byAggregate(events, 'Order')].map(([id, each]) => takeSteps(stateIn(known, id), each));

/** What came and went of all of them. */
const changedTerms = (changes: readonly { readonly before: OrderRow | undefined; readonly after: OrderRow }[]) => {
  const all = changes.map(({ before, after }) => termChanges(after, before));
  return { came: all.flatMap(({ came }) => came), went: all.flatMap(({ went }) => went) };
};

/**
 * Orders, their steps, the terms by which they are found, and the statistics of them all. A row is the set of the order's
 * facts, whatever order they came in; each event is also a step, numbered 1, 2, 3 … in store order. Not safe to repeat: the
 * event store hands over each event once.
 */
export const ORDERS: ReadModel<'orders'> = {
  name: 'orders',
  version: 8,
  tables: [ORDER, ORDER_STEP, ORDER_TERM, ORDER_COUNT, ORDER_TALLY],
  concerns: { Order: 'Itself' },
  settling: settlingClaims(ORDER, 'OrderCreated'),
  projection: (storage) => {
    const [rows, stepRows, termRows] = [storage.rows(ORDER), storage.rows(ORDER_STEP), storage.rows(ORDER_TERM)];
    const claimsIn = openClaims(storage, ORDER, 'OrderCreated');
    const handOver = openHandOver(storage, ORDER);
    const statsIn = openStats(storage);
    return async (tx, { batch, writers }) => {
      const ids = aggregateIds(batch, 'Order');
      const [loaded, concerned, statsAfter] = await Promise.all([
        rows.load(tx, ids),
        claimsIn(tx, batch),
        statsIn(tx, { orderIds: ids, writers }),
      ]);
      const known = new Map(loaded.map((row) => [row.id, row]));
      return async (events) => {
        const claims = concerned.claimsAfter(events);
        const taken = takeAll(known, events);
        const stepped = taken.map(({ order }) => rowOf(order, known.get(order.id)));
        const changed = stepped.map((row) => claimed(row, claims));
        const steps = taken.flatMap((each) => each.steps);
        const changes = stepped.map((after) => ({ before: knownIn(known, after.id), after }));
        const terms = changedTerms(changes);
        const all = folded(
          [...new Set([...changed.map(({ id }) => id), ...concerned.ids])],
          rows.write(tx, changed),
          stepRows.insert(tx, steps),
          termRows.write(tx, terms.came),
          termRows.remove(tx, terms.went),
        );
        const share = async () => [
          ...handOver(tx, concerned, claims),
          ...(await statsAfter(changes, events.filter(isOf('Order')))),
        ];
        return { ...all, share, tell: () => tellEnds(changes, events) };
      };
    };
  },
};
