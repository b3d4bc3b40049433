import {
  type Contradictions,
  contradictionsOf,
  NOTHING_KNOWN,
  type OrderFacts,
  type OrderReading,
  type OrderStatus,
  ownerKey,
  readable,
  readOrder,
} from '../../events/index.ts';
import type { Table } from '../../projection/index.ts';
import { type OrderState, type OrderStep, unknownOrder } from './order.ts';

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
  isShared: true,
  kept: ['owner'],
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
export const rowOf = (order: OrderState, known: OrderRow | undefined): OrderRow => {
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

export const stateIn = (known: ReadonlyMap<string, OrderRow>, id: string): OrderState => {
  const row = known.get(id);
  return row === undefined ? unknownOrder(id) : stateOf(row);
};

/** What was known of an order; undefined when nothing was. */
export const knownIn = (known: ReadonlyMap<string, OrderRow>, id: string) => {
  const row = known.get(id);
  return row && { ...row, ...stateOf(row) };
};
