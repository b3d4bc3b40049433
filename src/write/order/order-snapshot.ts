import { type OrderFacts, ownerKey } from '../../events/index.ts';
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

const ownerOf = ({ facts: { created } }: OrderSnapshot): string | null =>
  created === null ? null : ownerKey(created.data);

export const SHOWN_ORDER = { aggregate: orderAggregate, snapshot, ownerOf };
