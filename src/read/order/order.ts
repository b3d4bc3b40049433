import {
  type Envelope,
  learn,
  NOTHING_KNOWN,
  type OrderEvent,
  type OrderFacts,
  type OrderStatus,
  type Recorded,
} from '../../events/index.ts';

/** An order as it is shown: `facts.created` is known. `revision` is the number of its steps so far; times RFC 3339, UTC. */
export interface OrderView {
  readonly id: string;
  readonly facts: OrderFacts;
  readonly revision: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One step of an order: an event of it, numbered as the read side took it in, and the status that it led to. */
export interface OrderStep {
  readonly orderId: string;
  readonly revision: number;
  readonly status: OrderStatus;
  readonly eventPosition: bigint;
}

/** A step with its event. */
export interface RecordedStep extends Omit<OrderStep, 'eventPosition'> {
  readonly envelope: Envelope;
}

/** As {@link OrderView}, but known from its first event on, whichever that is. */
export interface OrderState {
  readonly id: string;
  readonly facts: OrderFacts;
  readonly revision: number;
  readonly updatedAt: string;
}

const EPOCH = new Date(0).toISOString();

export const unknownOrder = (id: string): OrderState => ({ id, facts: NOTHING_KNOWN, revision: 0, updatedAt: EPOCH });

/** The order after one more event of its saga. Safe to reorder: all but `revision` depends on the set of events alone. */
export const takeStep = (order: OrderState, recorded: Recorded<OrderEvent>): OrderState => {
  const { occurredAt } = recorded.envelope;
  const isLater = order.revision === 0 || Date.parse(occurredAt) > Date.parse(order.updatedAt);
  return {
    id: order.id,
    facts: learn(order.facts, recorded),
    revision: order.revision + 1,
    updatedAt: isLater ? occurredAt : order.updatedAt,
  };
};

/** Null while its OrderCreated is missing. */
export const viewOf = (order: OrderState): OrderView | null => {
  const { created } = order.facts;
  return created === null ? null : { ...order, createdAt: created.occurredAt };
};
