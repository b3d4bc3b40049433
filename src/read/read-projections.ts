import { postgresCarts } from './cart/postgres-carts.ts';
import { cartProjection } from './cart/projection.ts';
import { postgresOrders } from './order/postgres-orders.ts';
import { orderProjection } from './order/projection.ts';
import { postgresProducts } from './product/postgres-products.ts';
import { productProjection } from './product/projection.ts';
import type { Projection, ReadSchema } from './projection.ts';
import type { ReadStore } from './read-store.ts';

/** All read models' projections, for the one who stores the events, into whatever keeps the read models. */
export const projectionsInto = <T>({ carts, orders, products }: ReadStore<T>): readonly Projection<T>[] => [
  cartProjection(carts),
  orderProjection(orders),
  productProjection(products),
];

/** All read models' projections into the tables of the schema. */
export const readProjections = (schema: ReadSchema = 'read'): readonly Projection[] =>
  projectionsInto({
    carts: postgresCarts(schema),
    orders: postgresOrders(schema),
    products: postgresProducts(schema),
  });
