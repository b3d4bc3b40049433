import {
  type Contradictions,
  contradictionsOf,
  NOTHING_KNOWN,
  type OrderEvent,
  type OrderFacts,
  type OrderReading,
  type OrderStatus,
  orderStatusOf,
  ownerKey,
  readable,
  readOrder,
} from '../../events/index.ts';
import {
  aggregateIds,
  byAggregate,
  folded,
  type ReadModel,
  type StoredRecorded,
  type Table,
} from '../../projection/index.ts';
import { claimed, openClaims } from '../visit/claims.ts';
import { type OrderState, type OrderStep, takeStep, unknownOrder } from './order.ts';
import { ORDER_TERM, termChanges } from './terms.ts';

/** The order's state, and what of it is looked for. */
export interface OrderRow extends OrderState {
  /** Whose it is: see `ownerKey`. */
  readonly owner: string | null;
  readonly customerId: string | null;
  readonly cartId: string | null;
  readonly status: OrderStatus;
  /** Nothing more can come: see `readOrder`. */
  readonly isComplete: boolean;
  /** Until when it is the customer's turn to pay; null when it is not. */
  readonly payableUntil: string | null;
  /** What was said of the order and is not believed; null when there is nothing of it. */
  readonly contradictions: Contradictions | null;
  /** When OrderCreated occurred; null while only other events of the order are known. */
  readonly createdAt: string | null;
}

export const ORDER: Table<OrderRow> = {
  name: 'order',
  key: ['id'],
  columns: {
    id: 'text',
    owner: 'text',
    customerId: 'text',
    cartId: 'text',
    status: 'text',
    revision: 'integer',
    facts: 'json',
    isComplete: 'boolean',
    payableUntil: 'timestamptz',
    contradictions: 'json',
    createdAt: 'timestamptz',
    updatedAt: 'timestamptz',
  },
};

export const ORDER_STEP: Table<OrderStep> = {
  name: 'order_step',
  key: ['orderId', 'revision'],
  columns: { orderId: 'text', revision: 'integer', eventPosition: 'bigint', status: 'text' },
};

/** Until when the order waits for its customer, or for whoever moves the customer's money. */
const payableUntil = ({ created, paymentPending }: OrderFacts, { waitsFor }: OrderReading): string | null => {
  const isUnpaid = waitsFor?.for === 'Payment' && created?.data.methodKind === null;
  const isPending = waitsFor?.for === 'Charge' && paymentPending !== undefined;
  return isUnpaid || isPending ? waitsFor.until : null;
};

/** Of an order that is known, claims may have changed whose it is. */
const rowOf = (order: OrderState, known: OrderRow | undefined): OrderRow => {
  const { facts } = order;
  const { created } = facts;
  const reading = readOrder(facts);
  const contradictions = contradictionsOf(facts, reading);
  return {
    ...order,
    owner: known?.owner ?? (created === null ? null : ownerKey(created.data)),
    customerId: created?.data.customerId ?? null,
    cartId: created?.data.cartId ?? null,
    status: reading.status,
    isComplete: reading.isComplete,
    payableUntil: payableUntil(facts, reading),
    contradictions: contradictions.listed.length === 0 ? null : contradictions,
    createdAt: created?.occurredAt ?? null,
  };
};

export const stateOf = ({ id, facts, revision, updatedAt }: OrderRow): OrderState => ({
  id,
  // A row of an earlier version, read before it is built anew, may lack facts, and hold text that no reader can take.
  facts: { ...NOTHING_KNOWN, ...readable(facts) },
  revision,
  updatedAt,
});

const stateIn = (known: ReadonlyMap<string, OrderRow>, id: string): OrderState => {
  const row = known.get(id);
  return row === undefined ? unknownOrder(id) : stateOf(row);
};

/** What was known of an order; undefined when nothing was. */
const knownIn = (known: ReadonlyMap<string, OrderRow>, id: string) => {
  const row = known.get(id);
  return row && { ...row, ...stateOf(row) };
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
    steps.push({ orderId, revision, status: orderStatusOf(facts), eventPosition: recorded.position });
    return next;
  }, start);
  return { order, steps };
};

/**
 * Orders, their steps, and the terms by which they are found. A row is the set of the order's facts, whatever order they came in; each event is also a step,
 * numbered 1, 2, 3 … in store order. Not safe to repeat: the event store hands over each event once.
 */
export const ORDERS: ReadModel<'orders'> = {
  name: 'orders',
  version: 6,
  tables: [ORDER, ORDER_STEP, ORDER_TERM],
  concerns: { Order: 'Itself' },
  projection: (storage) => {
    const [rows, stepRows, termRows] = [storage.rows(ORDER), storage.rows(ORDER_STEP), storage.rows(ORDER_TERM)];
    const claimsIn = openClaims(storage, ORDER, 'OrderCreated');
    return async (tx, { batch }) => {
      const ids = aggregateIds(batch, 'Order');
      const [loaded, concerned] = await Promise.all([rows.load(tx, ids), claimsIn(tx, batch)]);
      const known = new Map(loaded.map((row) => [row.id, row]));
      return async (events) => {
        const claims = concerned.claimsAfter(events);
        const taken = [...byAggregate(events, 'Order')].map(([id, each]) => takeSteps(stateIn(known, id), each));
        const stepped = taken.map(({ order }) => rowOf(order, known.get(order.id)));
        const others = concerned.rows.filter(({ id }) => !stepped.some((row) => row.id === id));
        const changed = [...stepped, ...others].map((row) => claimed(row, claims));
        const steps = taken.flatMap((each) => each.steps);
        const terms = stepped.map((row) => termChanges(row, knownIn(known, row.id)));
        return folded(
          changed.map(({ id }) => id),
          rows.write(tx, changed),
          stepRows.insert(tx, steps),
          termRows.write(
            tx,
            terms.flatMap(({ came }) => came),
          ),
          termRows.remove(
            tx,
            terms.flatMap(({ went }) => went),
          ),
        );
      };
    };
  },
};
