import type { CartEvent, Recorded } from '../events/index.ts';
import type { CartState } from './cart/cart.ts';
import type { OrderState, OrderStep } from './order/order.ts';
import type { Hold, StockDelta } from './product/hold.ts';
import type { ProductState, Upserted } from './product/product.ts';

/** A place in one kind of numbering: of an aggregate's events. */
export interface AtVersion {
  readonly id: string;
  readonly version: number;
}

/** The rows of read model `cart`, in a transaction of kind `T`. */
export interface CartRows<T> {
  /** In any order; unknown ids are left out. So in all the others. */
  readonly load: (tx: T, ids: readonly string[]) => Promise<readonly CartState[]>;
  /** Events of these carts, above the version of their row, that the event store holds below a position; in store order. */
  readonly waiting: (tx: T, ids: readonly string[], below: bigint) => Promise<readonly Recorded<CartEvent>[]>;
  readonly write: (tx: T, carts: readonly CartState[]) => Promise<void>;
}

/** The rows of read models `order` and `order_step`. */
export interface OrderRows<T> {
  readonly load: (tx: T, ids: readonly string[]) => Promise<readonly OrderState[]>;
  readonly write: (tx: T, orders: readonly OrderState[]) => Promise<void>;
  readonly addSteps: (tx: T, steps: readonly OrderStep[]) => Promise<void>;
}

/** The rows of read models `product` and `hold`. */
export interface ProductRows<T> {
  readonly load: (tx: T, ids: readonly string[]) => Promise<readonly ProductState[]>;
  /** Adds to the products' numbers; a product that has no row gets one. */
  readonly addStock: (tx: T, deltas: ReadonlyMap<string, StockDelta>) => Promise<void>;
  /** Replaces the descriptions of products that have a row. */
  readonly describe: (tx: T, descriptions: readonly Upserted[]) => Promise<void>;
  /** By the orders' ids. */
  readonly loadHolds: (tx: T, orderIds: readonly string[]) => Promise<ReadonlyMap<string, Hold>>;
  readonly writeHolds: (tx: T, holds: ReadonlyMap<string, Hold>) => Promise<void>;
  /** Descriptions of products with just these versions, of those that the event store holds up to a position. */
  readonly descriptionsAt: (tx: T, products: readonly AtVersion[], upTo: bigint) => Promise<readonly Upserted[]>;
}

/** Where the read models are kept. */
export interface ReadStore<T> {
  readonly carts: CartRows<T>;
  readonly orders: OrderRows<T>;
  readonly products: ProductRows<T>;
}
