import type { OrderStatus } from '../../events/index.ts';
import type { Table } from '../../projection/index.ts';

/** How many orders have a status now. */
export interface OrderCount {
  readonly status: OrderStatus;
  readonly orders: number;
}

export const ORDER_COUNT: Table<OrderCount> = {
  name: 'order_count',
  key: ['status'],
  isShared: true,
  columns: { status: 'text', orders: 'integer' },
};

/** How many orders something happened to in a bucket of time. */
export interface OrderTally {
  /** What is counted, in buckets of which length: see `Series`. */
  readonly series: string;
  /** When the bucket begins. */
  readonly at: string;
  /** Of how long they took: see `binOf`; elsewhere 0. */
  readonly bin: number;
  readonly orders: number;
}

export const ORDER_TALLY: Table<OrderTally> = {
  name: 'order_tally',
  key: ['series', 'at', 'bin'],
  isShared: true,
  columns: { series: 'text', at: 'timestamptz', bin: 'integer', orders: 'integer' },
};

/** What can happen to an order: it is checked out, or comes to one of its last statuses. */
export type Happening = 'CREATED' | 'CONFIRMED' | 'REJECTED' | 'CANCELLED';
export type Ending = Exclude<Happening, 'CREATED'>;

export const ENDINGS: readonly Ending[] = ['CONFIRMED', 'REJECTED', 'CANCELLED'];
export const HAPPENINGS: readonly Happening[] = ['CREATED', ...ENDINGS];

/** Its one row says how far the event store's clock had come when an order last changed: what is too old by it is not kept. */
export const SEEN = 'seen';
