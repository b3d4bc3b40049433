import type { Evidence } from '../verdict/index.ts';

/** What has to happen sometimes, or the paths that it takes were not tried. */
export interface Happened {
  readonly outOfStock: number;
  /** Answers of stock or payment to orders that were over by then. */
  readonly late: number;
  readonly groupsMadeAgain: number;
}

const LATE = new Set(['StockReserved', 'PaymentSucceeded', 'PaymentFailed']);
const OVER = new Set(['OrderCancelled', 'OrderRejected']);

/** Counts them in the event store. */
export const happenedIn = ({ store }: Pick<Evidence, 'store'>, groupsMadeAgain: number): Happened => {
  const over = new Set<string>();
  let late = 0;
  for (const { type, aggregate_id } of store) {
    if (OVER.has(type)) over.add(aggregate_id);
    else if (LATE.has(type) && over.has(aggregate_id)) late += 1;
  }
  const outOfStock = store.filter(({ type }) => type === 'StockReservationFailed').length;
  return { outOfStock, late, groupsMadeAgain };
};
