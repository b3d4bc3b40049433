import type { OrderFacts } from '../../events/index.ts';
import type { Loaded } from '../execution/aggregate.ts';
import { orderAggregate } from './order.ts';

/** An order as the write side knows it. `version` counts its own events; times are RFC 3339. */
export interface OrderSnapshot {
  readonly id: string;
  readonly facts: OrderFacts;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}

const snapshot = ({ id, state, version, updatedAt }: Loaded<OrderFacts>): OrderSnapshot | null => {
  if (state.created === null || updatedAt === null) return null;
  return { id, facts: state, createdAt: state.created.occurredAt, updatedAt, version };
};

/** What of an order says whose it is. */
const belonging = ({ created }: OrderFacts) => created?.data ?? null;

export const SHOWN_ORDER = { aggregate: orderAggregate, snapshot, belonging };
