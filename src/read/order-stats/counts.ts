import type { OrderStatus } from '../../events/index.ts';
import type { Countable } from './happened.ts';
import type { OrderCount } from './tables.ts';

/** An order, as it was known before and as it is now. */
export interface Changed {
  readonly before: Countable | undefined;
  readonly after: Countable;
}

const STATUSES: Readonly<Record<OrderStatus, true>> = {
  PENDING: true,
  AWAITING_PAYMENT: true,
  CONFIRMED: true,
  REJECTED: true,
  COMPENSATING: true,
  CANCELLED: true,
};
export const ALL_STATUSES = Object.keys(STATUSES) as readonly OrderStatus[];

const statusOf = (order: Countable | undefined): OrderStatus | null =>
  order === undefined || order.facts.created === null ? null : order.status;

/**
 * What to add to the number of orders in each status: nothing, or a row for each status. A status that orders only pass
 * through would else have a row or none by how their events were divided into batches.
 */
export const countChanges = (orders: readonly Changed[]): readonly OrderCount[] => {
  const sums = new Map<OrderStatus, number>();
  const add = (status: OrderStatus | null, more: number): void => {
    if (status !== null) sums.set(status, (sums.get(status) ?? 0) + more);
  };
  for (const { before, after } of orders) {
    add(statusOf(before), -1);
    add(statusOf(after), 1);
  }
  if ([...sums.values()].every((sum) => sum === 0)) return [];
  return ALL_STATUSES.map((status) => ({ status, orders: sums.get(status) ?? 0 }));
};
