import { orUnavailable } from '../database/index.ts';
import type { ConsistencyPoint } from '../events/index.ts';
import type { CartView } from './cart/cart.ts';
import { cartsByIds } from './cart/queries.ts';
import {
  type DeadLetterPageRequest,
  type DeadLetterView,
  deadLetterPage,
  deadLettersByIds,
} from './dead-letter/dead-letter.ts';
import type { Page, PageRequest } from './keyset.ts';
import { type LiveChanges, type LiveChangesParts, openLiveChanges } from './live/live-changes.ts';
import { type ContradictionView, contradictionPage } from './order/contradictions.ts';
import type { OrderView, RecordedStep } from './order/order.ts';
import { type OrderPageRequest, orderPage } from './order/page.ts';
import { ordersByIds, type StepRange, stepsOf } from './order/queries.ts';
import { type StuckOrderPageRequest, stuckOrderPage } from './order/stuck.ts';
import type { ProductStock, ProductView } from './product/product.ts';
import { productPage, productsByIds, stockByIds } from './product/queries.ts';
import { reached } from './reached.ts';

/**
 * The read models. What is asked for by ids comes in any order, without those that are unknown. All queries throw
 * `Unavailable` while the database is away; pages throw {@link InvalidCursor}.
 */
export interface Read {
  readonly carts: (ids: readonly string[]) => Promise<readonly CartView[]>;
  readonly orders: (ids: readonly string[]) => Promise<readonly OrderView[]>;
  readonly products: (ids: readonly string[]) => Promise<readonly ProductView[]>;
  /** The numbers of products, also of those that nothing but their stock is known of. */
  readonly stock: (ids: readonly string[]) => Promise<readonly ProductStock[]>;
  /** With their events. By order, then by revision, ascending. */
  readonly steps: (orderIds: readonly string[], range?: StepRange) => Promise<readonly RecordedStep[]>;
  /** By id. */
  readonly productPage: (request: PageRequest) => Promise<Page<ProductView>>;
  /** Newest first. */
  readonly orderPage: (request: OrderPageRequest) => Promise<Page<OrderView>>;
  /** Orders that are not complete and to which nothing has happened for long; oldest first. */
  readonly stuckOrderPage: (request: StuckOrderPageRequest) => Promise<Page<OrderView>>;
  /** By order. */
  readonly contradictionPage: (request: PageRequest) => Promise<Page<ContradictionView>>;
  readonly deadLetters: (ids: readonly string[]) => Promise<readonly DeadLetterView[]>;
  /** In the order in which they were kept. */
  readonly deadLetterPage: (request: DeadLetterPageRequest) => Promise<Page<DeadLetterView>>;
  /** Waits until the read side knows what the point names; false when that took longer. */
  readonly reached: (point: ConsistencyPoint, timeoutMs: number) => Promise<boolean>;
  readonly changes: LiveChanges;
}

/** Opens the read side of a gateway; disposing it ends its live changes. */
export const openRead = (parts: LiveChangesParts): Read & AsyncDisposable => {
  const { db } = parts;
  const changes = openLiveChanges(parts);
  return {
    carts: orUnavailable((ids) => cartsByIds(db, ids)),
    orders: orUnavailable((ids) => ordersByIds(db, ids)),
    products: orUnavailable((ids) => productsByIds(db, ids)),
    stock: orUnavailable((ids) => stockByIds(db, ids)),
    steps: orUnavailable((orderIds, range) => stepsOf(db, orderIds, range)),
    productPage: orUnavailable((request) => productPage(db, request)),
    orderPage: orUnavailable((request) => orderPage(db, request)),
    stuckOrderPage: orUnavailable((request) => stuckOrderPage(db, request)),
    contradictionPage: orUnavailable((request) => contradictionPage(db, request)),
    deadLetters: orUnavailable((ids) => deadLettersByIds(db, ids)),
    deadLetterPage: orUnavailable((request) => deadLetterPage(db, request)),
    reached: orUnavailable((point, timeoutMs) => reached({ db, changes }, point, timeoutMs)),
    changes,
    [Symbol.asyncDispose]: () => changes[Symbol.asyncDispose](),
  };
};
